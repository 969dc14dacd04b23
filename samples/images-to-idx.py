#!/usr/bin/env python3
"""IDX files out of a folder of pictures, for nnkit train and nnkit predict.

    python3 samples/images-to-idx.py pictures/ data/ --size 28x28

Each subfolder is a class, in the order of the subfolders' names, which go to data/class-names.txt, a line each. The
pictures in the folder itself, if there are any, become images without labels. Needs Pillow (pip install pillow).

    data/train-images-idx3-ubyte   [pictures, height, width], or idx4 with --color: [pictures, 3, height, width]
    data/train-labels-idx1-ubyte   [pictures]
    data/t10k-…                    with --test, the pictures held back for testing
"""
import argparse
import pathlib
import random
import struct
import sys

try:
    from PIL import Image, UnidentifiedImageError
except ImportError:
    sys.exit("images-to-idx.py needs Pillow: pip install pillow")

ENDINGS = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".pgm", ".ppm"}


def size(text):
    """28x28 as (width, height)."""
    width, _, height = text.partition("x")
    try:
        return max(1, int(width)), max(1, int(height or width))
    except ValueError:
        raise argparse.ArgumentTypeError("expected a width and a height, as in 28x28") from None


def pictures(folder):
    """The pictures directly in a folder, in the order of their names."""
    return sorted(path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in ENDINGS)


def pixels(path, options):
    """The bytes of a picture: rows from the top, or three planes of colours."""
    try:
        with Image.open(path) as image:
            image = image.convert("RGB" if options.color else "L")
            if image.size != options.size:
                image = image.resize(options.size, Image.Resampling.LANCZOS)
    except (OSError, UnidentifiedImageError) as error:
        sys.exit(f"images-to-idx.py: {path}: not a picture that can be read: {error}")
    data = b"".join(band.tobytes() for band in image.split())
    return bytes(255 - value for value in data) if options.invert else data


def write(path, dimensions, items):
    """An IDX file of unsigned bytes: two zeros, type 8, the number of dimensions, each of them, the values."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as file:
        file.write(struct.pack(">BBBB", 0, 0, 8, len(dimensions)))
        file.write(struct.pack(f">{len(dimensions)}I", *dimensions))
        for item in items:
            file.write(item)


def write_samples(folder, name, samples, options, labelled):
    """Images and, where there are classes, labels."""
    width, height = options.size
    shape = (3, height, width) if options.color else (height, width)
    images = folder / f"{name}-images-idx{len(shape) + 1}-ubyte"
    write(images, (len(samples), *shape), (pixels(path, options) for path, _ in samples))
    print(f"{images}: {len(samples)} images {'x'.join(map(str, shape))}")
    if labelled:
        labels = folder / f"{name}-labels-idx1-ubyte"
        write(labels, (len(samples),), (bytes([label]) for _, label in samples))
        print(f"{labels}: {len(samples)} labels")


def main():
    parser = argparse.ArgumentParser(description="IDX files out of a folder of pictures, a subfolder for each class.")
    parser.add_argument("pictures", type=pathlib.Path, help="the folder of pictures")
    parser.add_argument("output", type=pathlib.Path, help="the folder for the IDX files")
    parser.add_argument("--size", type=size, default=(28, 28), help="width and height of all images (default: 28x28)")
    parser.add_argument("--color", action="store_true", help="three planes, red, green and blue, instead of grey levels")
    parser.add_argument("--invert", action="store_true", help="swap black and white: MNIST is white on black")
    parser.add_argument("--test", type=float, default=0, metavar="SHARE", help="hold this share back, as in 0.2")
    parser.add_argument("--seed", type=int, default=0, help="for the order of the samples (default: 0)")
    options = parser.parse_args()
    if not options.pictures.is_dir():
        parser.error(f"{options.pictures} is no folder")
    if not 0 <= options.test < 1:
        parser.error("--test: expected a share from 0 to below 1")
    classes = sorted(path for path in options.pictures.iterdir() if path.is_dir() and pictures(path))
    if len(classes) > 256:
        parser.error(f"{len(classes)} subfolders with pictures; labels of one byte tell 256 classes apart")
    samples = [(path, label) for label, folder in enumerate(classes) for path in pictures(folder)]
    if not samples:
        samples = [(path, 0) for path in pictures(options.pictures)]
    if not samples:
        sys.exit(f"images-to-idx.py: no pictures in {options.pictures}: looked for {', '.join(sorted(ENDINGS))}")
    if classes:
        random.Random(options.seed).shuffle(samples)
    held_back = round(len(samples) * options.test)
    write_samples(options.output, "train", samples[held_back:], options, bool(classes))
    if held_back:
        write_samples(options.output, "t10k", samples[:held_back], options, bool(classes))
    if classes:
        names = options.output / "class-names.txt"
        names.write_text("".join(f"{folder.name}\n" for folder in classes))
        print(f"{names}: {len(classes)} classes")


if __name__ == "__main__":
    main()

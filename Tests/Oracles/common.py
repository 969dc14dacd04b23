"""What the scripts here have in common."""
import json


def numbers(count, salt, scale):
    """What the tests have for inputs and parameters too: all are exact in binary."""
    return [((i * 37 + salt * 53 + 11) % 101 - 50) / scale for i in range(count)]


def text(value, indent=""):
    """JSON with a line for each list of numbers; each number is the shortest that reads back as it was."""
    if not isinstance(value, dict):
        return json.dumps(value)
    inner = indent + " "
    entries = [f"{inner}{json.dumps(key)}: {text(member, inner)}" for key, member in value.items()]
    return "{\n" + ",\n".join(entries) + "\n" + indent + "}"

# Sourced by the scripts beside it. Builds nnkit, and makes a virtual environment for the peers in .build/peers
# (PEERS_ENVIRONMENT names another one, PYTHON another interpreter). With an environment in place nothing is downloaded.
# Takes the modules that the peers need; sets `python` and `programs`.
peers=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
package=$(cd "$peers/../../.." && pwd)

prepare() {
  local environment=${PEERS_ENVIRONMENT:-$package/.build/peers/environment}
  python=$environment/bin/python
  if ! "$python" -c "import $1" 2>/dev/null; then
    echo "Making a virtual environment for the peers in $environment" >&2
    "${PYTHON:-python3}" -m venv "$environment"
    "$python" -m pip install --quiet --disable-pip-version-check --retries 1 \
      --requirement "$peers/requirements.txt" >&2
  fi
  local build=(swift build --package-path "$package" --configuration release)
  local product
  for product in nnkit nnkit-bench; do
    "${build[@]}" --product "$product" >&2
  done
  programs=$("${build[@]}" --show-bin-path)
}

# What the commands in bin/ need of the machine, asked for before anything starts. Sourced, not run.

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$1" >&2
  exit 2
}

need_java() {
  command -v javac >/dev/null || fail "no JDK found: install JDK $1 or later and put it on PATH (a JRE is not enough)"
  have=$(javac -version 2>&1 | sed -E 's/[^0-9]*([0-9]+).*/\1/')
  [ "$have" -ge "$1" ] 2>/dev/null || fail "JDK $1 or later is needed, and $(command -v javac) is $have"
}

need_maven() {
  command -v mvn >/dev/null || fail "no Maven found: install Maven 3.8 or later and put it on PATH"
}

need_node() {
  command -v node >/dev/null && command -v npm >/dev/null ||
    fail "no Node.js found: the pages are built with it; install Node.js 20 or later with npm"
  have=$(node -p 'process.versions.node.split(".")[0]')
  [ "$have" -ge 20 ] || fail "Node.js 20 or later is needed, and $(command -v node) is $have"
}

#!/usr/bin/env bash
# Try both commands as a new user would: in a bare Debian that has python3 and nothing else,
# then once more without any network. Needs root, debootstrap and this machine's apt to work.
#
#   packaging/try_on_bare_debian.sh [FOLDER] [RELEASE]
#
# A FOLDER that already holds a bare system is used as it is. Mirror, certificates, proxies and
# pip's settings are this machine's own; nothing stays mounted.
set -euo pipefail

folder=${1:-/tmp/bare-debian}
release=${2:-bookworm}
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

if [ "${INSIDE_OWN_MOUNTS:-}" != yes ]; then
    INSIDE_OWN_MOUNTS=yes exec unshare --mount --propagation private "${BASH_SOURCE[0]}" "$@"
fi

make_bare_system() {
    local mirror
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
        grep -v security | sort -u | head -n 1)
    debootstrap --variant=minbase --include=python3 "$release" "$folder" "$mirror"
}

# The certificates go in under a name of their own: installing ca-certificates would replace them.
lend_network_settings() {
    local file
    for file in /etc/resolv.conf /etc/hosts /etc/pip.conf; do
        if [ -e "$file" ]; then cp -L "$file" "$folder$file"; fi
    done
    cp -L "${PIP_CERT:-/etc/ssl/certs/ca-certificates.crt}" "$folder/etc/lent-certificates.crt"
}

lay_fresh_copy() {
    rm -rf "$folder/home/trial/project"
    mkdir -p "$folder/home/trial/project"
    git -C "$project" archive HEAD | tar -x -C "$folder/home/trial/project"
}

# Only what reaches a package index goes in from this machine's environment.
inside() {
    local kept=(PIP_CERT=/etc/lent-certificates.crt) name
    for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY PIP_INDEX_URL; do
        if [ -n "${!name:-}" ]; then kept+=("$name=${!name}"); fi
    done
    chroot "$folder" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
        "${kept[@]}" sh -c "cd /home/trial/project && $1"
}

timed() {
    local began=$SECONDS code=0
    echo "### $1"
    "${@:2}" || code=$?
    echo "### $1: exit $code after $((SECONDS - began)) s"
    [ "$code" -eq 0 ] || failed=1
}

without_network() {
    export -f inside
    folder=$folder unshare --net bash -c "ip link set lo up && inside '$1'"
}

failed=0
[ -x "$folder/usr/bin/python3" ] || make_bare_system
lend_network_settings
lay_fresh_copy
mount -t proc proc "$folder/proc"
mkdir -p "$folder/dev/pts"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$folder/dev/pts"
ln -sf pts/ptmx "$folder/dev/ptmx"
mount -t tmpfs tmpfs "$folder/dev/shm" 2>/dev/null || mkdir -p "$folder/dev/shm"

timed 'first start' inside 'python3 packaging/start.py'
timed 'first check' inside 'python3 packaging/check.py'
timed 'second start, no network' without_network 'python3 packaging/start.py'
timed 'second check, no network' without_network 'python3 packaging/check.py --fast'
exit "$failed"

"""sh. Checked against the source of 2.1. Calling a command waits for it, unless it is told to run behind (`_bg`) or to be awaited (`_async`)."""
from verbs import blocks

class RunningCommand:
    exit_code: int
    stdout: bytes
    stderr: bytes
    pid: int
    @blocks("another process")
    def wait(self, timeout=...): ...
    def kill(self) -> None: ...
    def terminate(self) -> None: ...
class Command:
    def __init__(self, path, search_paths=...) -> None: ...
    @blocks("another process", see="asyncio.create_subprocess_exec", unless=arg("_bg").given or arg("_async").given or arg("_iter").given)
    def __call__(self, *args, _bg=..., _async=..., _iter=..., **kwargs) -> RunningCommand: ...
    def bake(self, *args, **kwargs) -> Command: ...
    def __getattr__(self, name) -> Command: ...
awk: Command
bash: Command
cat: Command
cp: Command
curl: Command
df: Command
docker: Command
du: Command
echo: Command
ffmpeg: Command
find: Command
git: Command
grep: Command
head: Command
hostname: Command
ifconfig: Command
kill: Command
ls: Command
make: Command
mkdir: Command
mount: Command
mv: Command
ping: Command
ps: Command
python: Command
python3: Command
rm: Command
rsync: Command
scp: Command
sed: Command
sleep: Command
ssh: Command
sudo: Command
systemctl: Command
tail: Command
tar: Command
touch: Command
umount: Command
unzip: Command
wc: Command
wget: Command
which: Command
zip: Command

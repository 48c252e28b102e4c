/** Paths as a CI system wants them: relative to the checkout, even where the check runs in a folder of it. */
import { isAbsolute, relative, resolve, sep } from "node:path";

/** `shown` (relative to `cwd`) relative to `checkout`, with forward slashes; as it is where no checkout is known or the file is not in it. */
export function repositoryPath(cwd: string, checkout: string | undefined, shown: string): string {
  if (!checkout) return shown;
  const path = relative(checkout, resolve(cwd, shown));
  const outside = path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path);
  return outside ? shown : path.split(sep).join("/");
}

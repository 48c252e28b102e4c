/**
 * Addresses of a workspace that is no disk, as paths: the server knows files only. `vscode-vfs://github/acme/shop/app.py` is told to it as
 * `file:///vscode-vfs/_github/acme/shop/app.py`, and what it says about that file is translated back.
 */
import { Uri } from "vscode";

export class Addresses {
  private readonly schemes: ReadonlySet<string>;

  constructor(schemes: readonly string[]) {
    this.schemes = new Set(schemes.filter((scheme) => scheme !== "file"));
  }

  toServer(uri: Uri): string {
    if (!this.schemes.has(uri.scheme)) return uri.toString();
    // An authority may be empty, which a folder's name may not.
    return Uri.from({
      scheme: "file",
      path: `/${uri.scheme}/_${encodeURIComponent(uri.authority)}${uri.path}`,
    }).toString();
  }

  toEditor(address: string): Uri {
    const uri = Uri.parse(address);
    const [, scheme, authority, path] =
      uri.scheme === "file" ? (/^\/([^/]+)\/_([^/]*)(\/.*)$/.exec(uri.path) ?? []) : [];
    if (scheme === undefined || !this.schemes.has(scheme)) return uri;
    return Uri.from({ scheme, authority: decodeURIComponent(authority!), path: path! });
  }
}

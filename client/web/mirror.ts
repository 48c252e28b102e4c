/**
 * The files of the workspace that the server needs, read through the editor and handed over whole: the worker has no disk.
 *
 * Folders are walked and not searched, because not every file system of a browser can be searched. Folders that hold no code of the project are left out here
 * by name already; all other questions of what is checked are the server's.
 */
import { FileType, l10n, Uri, window, workspace } from "vscode";
import type { Addresses } from "./addresses.ts";

/** As `server/web/main.ts` has it. */
interface SentFile {
  readonly uri: string;
  readonly bytes: Uint8Array | null;
}

const WANTED =
  /\.(py|pyw|pyi)$|^(pyproject\.toml|holdfast\.toml|setup\.cfg|setup\.py|\.gitignore|pyvenv\.cfg|holdfast-baseline\.txt)$/i;
const UNWANTED = /^(\..*|node_modules|__pycache__|venv|env|site-packages|dist|build)$/;
const ASSETS = ["knowledge.json", "tree-sitter.wasm", "tree-sitter-python.wasm"];
/** Larger files are generated data; the server would not read them either. In bytes. */
const SIZE_LIMIT = 5 * 1024 * 1024;
const MOST_FILES = 5_000;
/** So many are read at a time. */
const AT_ONCE = 16;

export class Mirror {
  private readonly addresses: Addresses;

  constructor(addresses: Addresses) {
    this.addresses = addresses;
  }

  /** The first message to the worker. `place`: the address of what is shipped under a name. */
  async greeting(place: (name: string) => Uri): Promise<object> {
    const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri);
    const found: Uri[] = [];
    for (const folder of folders) await this.walk(folder, found);
    if (found.length >= MOST_FILES) {
      const said = l10n.t("Holdfast reads {0} files of this workspace and leaves out the others.", MOST_FILES);
      void window.showWarningMessage(said);
    }
    const files: SentFile[] = [];
    for (let at = 0; at < found.length; at += AT_ONCE)
      files.push(...(await Promise.all(found.slice(at, at + AT_ONCE).map((uri) => this.read(uri)))));
    const assets = await Promise.all(ASSETS.map(async (name) => [name, await workspace.fs.readFile(place(name))]));
    return {
      folders: folders.map((uri) => this.addresses.toServer(uri)),
      assets: Object.fromEntries(assets),
      files,
    };
  }

  /** The file at an address of the server, as it is now. */
  now(address: string): Promise<SentFile> {
    return this.read(this.addresses.toEditor(address));
  }

  private async walk(folder: Uri, found: Uri[]): Promise<void> {
    let entries: readonly [string, FileType][];
    try {
      entries = await workspace.fs.readDirectory(folder);
    } catch {
      // A folder that cannot be read holds nothing that could be checked.
      return;
    }
    for (const [name, type] of entries) {
      if (found.length >= MOST_FILES) return;
      const uri = Uri.joinPath(folder, name);
      if (type & FileType.Directory) {
        if (!UNWANTED.test(name)) await this.walk(uri, found);
      } else if (WANTED.test(name)) found.push(uri);
    }
  }

  private async read(uri: Uri): Promise<SentFile> {
    const address = this.addresses.toServer(uri);
    try {
      const bytes = await workspace.fs.readFile(uri);
      return { uri: address, bytes: bytes.byteLength > SIZE_LIMIT ? null : bytes };
    } catch {
      return { uri: address, bytes: null };
    }
  }
}

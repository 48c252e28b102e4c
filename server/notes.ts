/** What is told to people outside of findings: mistakes in the settings as a message, everything else in the log, and nothing twice. */
import { basename, dirname, join } from "node:path";
import { type Connection, MessageType, ShowMessageNotification } from "vscode-languageserver";
import { formatSettingsError, type LoadedSettings, type SettingsError } from "../host/settings.ts";

export class Notes {
  private readonly connection: Connection;
  private readonly logged = new Set<string>();
  /** Messages about settings that stand, so that one that comes back after it was cured is told again. */
  private readonly standing = new Map<string, ReadonlySet<string>>();

  constructor(connection: Connection) {
    this.connection = connection;
  }

  once(level: "info" | "error", text: string): void {
    if (this.logged.has(text)) return;
    this.logged.add(text);
    this.connection.console[level](text);
  }

  aboutSettings({ source, base, errors }: LoadedSettings): void {
    this.about(source ?? base, "Holdfast settings", errors);
  }

  /** Tells errors that were not there when the same `place` was last spoken of. */
  about(place: string, title: string, errors: readonly SettingsError[], level: "error" | "warning" = "error"): void {
    const show = (path: string): string => join(basename(dirname(path)), basename(path));
    // Several folders of one workspace may suffer from the same mistake.
    const before = new Set([...this.standing.values()].flatMap((texts) => [...texts]));
    const now = new Set(errors.map((error) => formatSettingsError(error, show)));
    this.standing.set(place, now);
    for (const text of now) {
      if (!before.has(text)) this.show(`${title}: ${text}`, level);
    }
  }

  /** A message that is no mistake, once. */
  remark(text: string): void {
    if (this.logged.has(text)) return;
    this.logged.add(text);
    this.show(text, "info");
  }

  /** A message in the client's window that nobody has to answer. */
  show(message: string, level: "error" | "warning" | "info" = "error"): void {
    const types = { error: MessageType.Error, warning: MessageType.Warning, info: MessageType.Info } as const;
    void this.connection.sendNotification(ShowMessageNotification.type, { type: types[level], message });
  }
}

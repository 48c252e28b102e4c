/** What a person has set in the editor, below the key `holdfast`. It wins over the settings file of the project. */
import type { Connection } from "vscode-languageserver";
import type { SettingsOverrides } from "../host/settings.ts";
import type { ClientAbilities } from "./capabilities.ts";

export interface EditorSettings {
  readonly enable: boolean;
  /** Unchecked; null where not set. */
  readonly select: unknown;
  readonly ignore: unknown;
  readonly whereItRuns: "off" | "blocking" | "all";
  readonly diagnosticsScope: "openFilesOnly" | "workspace";
}

export const DEFAULT_SETTINGS: EditorSettings = {
  enable: true,
  select: null,
  ignore: null,
  whereItRuns: "blocking",
  diagnosticsScope: "openFilesOnly",
};

/** Asks the client, or takes what it has sent last where it cannot be asked. */
export class Configuration {
  private readonly connection: Connection;
  private readonly client: ClientAbilities;
  private pushed: EditorSettings;
  /** A person asked for findings of all files, whatever is set, until the server ends. */
  everything = false;

  /** `initial`: the settings the client sent with its greeting, if it did. */
  constructor(connection: Connection, client: ClientAbilities, initial: unknown) {
    this.connection = connection;
    this.client = client;
    this.pushed = readEditorSettings(initial);
  }

  /** Whether findings of files that are not open are wanted. */
  async showsEverything(): Promise<boolean> {
    return this.everything || (await this.of(null)).diagnosticsScope === "workspace";
  }

  /** The client sent settings along with the news that they changed. */
  take(settings: unknown): void {
    if (isRecord(settings) && isRecord(settings.holdfast)) this.pushed = readEditorSettings(settings.holdfast);
  }

  /** For a file or folder, or in general. */
  async of(uri: string | null): Promise<EditorSettings> {
    if (!this.client.tellsConfiguration) return this.pushed;
    try {
      const item = { section: "holdfast", ...(uri !== null && { scopeUri: uri }) };
      const told: unknown = await this.connection.workspace.getConfiguration(item);
      return isRecord(told) ? readEditorSettings(told) : this.pushed;
    } catch {
      return this.pushed;
    }
  }
}

export function overridesOf({ select, ignore }: EditorSettings): SettingsOverrides {
  return { ...(select !== null && { select }), ...(ignore !== null && { ignore }) };
}

function readEditorSettings(value: unknown): EditorSettings {
  if (!isRecord(value)) return DEFAULT_SETTINGS;
  return {
    enable: value.enable !== false,
    select: value.select ?? null,
    ignore: value.ignore ?? null,
    whereItRuns: value.whereItRuns === "off" || value.whereItRuns === "all" ? value.whereItRuns : "blocking",
    diagnosticsScope: value.diagnosticsScope === "workspace" ? "workspace" : "openFilesOnly",
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

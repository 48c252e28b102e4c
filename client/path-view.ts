/** The view "What It Waits For": the ways from a function to what it waits for, as a tree of calls. Choosing one shows it in its file. */
import {
  commands,
  type Disposable,
  EventEmitter,
  l10n,
  type ProviderResult,
  Range,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  type Uri,
  window,
} from "vscode";

/** A step of a way as the server tells it; places in the protocol's form. */
export interface PathStep {
  readonly uri: string;
  readonly range: { readonly start: Place; readonly end: Place };
  /** 0 for a call in the function itself, one more for what it leads to. */
  readonly depth: number;
  readonly text: string;
  readonly place: string;
}

export interface Place {
  readonly line: number;
  readonly character: number;
}

interface Node {
  readonly step: PathStep;
  readonly parent: Node | null;
  readonly children: Node[];
}

export class PathView implements TreeDataProvider<Node>, Disposable {
  private readonly toUri: (address: string) => Uri;
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: TreeView<Node>;
  private roots: readonly Node[] = [];

  /** `toUri`: addresses of the server as the editor's. */
  constructor(toUri: (address: string) => Uri) {
    this.toUri = toUri;
    this.view = window.createTreeView("holdfast.path", { treeDataProvider: this, showCollapseAll: true });
  }

  /** Shows these ways instead of what was shown, and puts the first step in front. */
  async show(steps: readonly PathStep[]): Promise<void> {
    this.roots = treeOf(steps);
    this.changed.fire();
    await commands.executeCommand("setContext", "holdfast.hasPath", true);
    const [first] = this.roots;
    if (first !== undefined) await this.view.reveal(first, { focus: true, select: true, expand: 3 });
  }

  getTreeItem({ step, children }: Node): TreeItem {
    const item = new TreeItem(
      step.text,
      children.length > 0 ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None,
    );
    const { start, end } = step.range;
    const selection = new Range(start.line, start.character, end.line, end.character);
    item.description = step.place;
    item.tooltip = `${step.text}\n${step.place}`;
    // What waits in the end, and what leads there.
    item.iconPath = new ThemeIcon(children.length > 0 ? "arrow-small-right" : "watch");
    item.command = {
      title: l10n.t("Show"),
      command: "vscode.open",
      arguments: [this.toUri(step.uri), { selection, preview: true, preserveFocus: true }],
    };
    return item;
  }

  getChildren(node?: Node): ProviderResult<Node[]> {
    return [...(node?.children ?? this.roots)];
  }

  getParent({ parent }: Node): Node | null {
    return parent;
  }

  dispose(): void {
    this.view.dispose();
    this.changed.dispose();
  }
}

/** Steps in order, each with how deep it stands, as a tree. */
function treeOf(steps: readonly PathStep[]): readonly Node[] {
  const roots: Node[] = [];
  const above: Node[] = [];
  for (const step of steps) {
    const parent = above[step.depth - 1] ?? null;
    const node: Node = { step, parent, children: [] };
    (parent?.children ?? roots).push(node);
    above.splice(step.depth, above.length, node);
  }
  return roots;
}

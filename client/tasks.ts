/** The task `holdfast`: the command line over a whole folder, with its findings in the list of problems. It needs `holdfast` on the path. */
import {
  type Disposable,
  ShellExecution,
  Task,
  TaskGroup,
  TaskScope,
  tasks,
  type WorkspaceFolder,
  workspace,
} from "vscode";

const TYPE = "holdfast";

export function provideTasks(): Disposable {
  return tasks.registerTaskProvider(TYPE, {
    provideTasks: () => (workspace.workspaceFolders ?? []).map((folder) => taskFor(folder, { type: TYPE })),
    resolveTask: ({ scope, definition }) =>
      taskFor(typeof scope === "object" ? scope : TaskScope.Workspace, definition as Definition),
  });
}

interface Definition {
  readonly type: string;
  /** What is checked, and how; everything in the folder without it. */
  readonly args?: readonly string[];
}

function taskFor(scope: WorkspaceFolder | TaskScope.Workspace, definition: Definition): Task {
  const args = ["check", "--output-format", "concise", ...(definition.args ?? [])];
  const task = new Task(definition, scope, "check", "holdfast", new ShellExecution("holdfast", args), "$holdfast");
  task.group = TaskGroup.Test;
  return task;
}

/**
 * How every handler of the server is wrapped: an error in one answer is logged and costs that answer, never the server.
 */
import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from "vscode-languageserver";

/** The client no longer wants the answer. */
export class Cancelled extends Error {}

/** Wraps a request handler. `otherwise` is the answer where it throws. */
export function answering<P, R>(
  connection: Connection,
  name: string,
  otherwise: R,
  handle: (params: P, token: CancellationToken) => R | Promise<R>,
): (params: P, token: CancellationToken) => Promise<R | ResponseError<never>> {
  return async (params, token) => {
    try {
      return await handle(params, token);
    } catch (error) {
      if (error instanceof Cancelled) return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
      if (error instanceof ResponseError) return error as ResponseError<never>;
      logError(connection, name, error);
      return otherwise;
    }
  };
}

/** Wraps a notification handler. */
export function following<P>(
  connection: Connection,
  name: string,
  handle: (params: P) => void | Promise<void>,
): (params: P) => Promise<void> {
  return async (params) => {
    try {
      await handle(params);
    } catch (error) {
      logError(connection, name, error);
    }
  };
}

export function logError(connection: Connection, what: string, error: unknown): void {
  connection.console.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}

/**
 * Lets everything that has arrived meanwhile be read: a newer edit, or that the client has given up waiting.
 * Throws `Cancelled` in the latter case.
 */
export async function nextTurn(token?: CancellationToken): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
  if (token?.isCancellationRequested) throw new Cancelled();
}

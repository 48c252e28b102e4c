/** Names that Node has everywhere and a browser has not; the build gives them to whatever uses them. */
export { Buffer } from "buffer";

/** What is asked of it in a browser. */
export const process = {
  version: "none",
  platform: "browser",
  arch: "wasm",
  env: {},
  cwd: () => "/",
  /** In bytes, where the browser tells; zero elsewhere. */
  memoryUsage(): { readonly rss: number; readonly heapUsed: number } {
    const { usedJSHeapSize = 0 } = (performance as { memory?: { readonly usedJSHeapSize: number } }).memory ?? {};
    return { rss: usedJSHeapSize, heapUsed: usedJSHeapSize };
  },
};

const waiting: (() => void)[] = [];
const channel = new MessageChannel();
const ours = channel.port1 as unknown as { onmessage: () => void };
ours.onmessage = () => waiting.shift()?.();

/** Calls back after whatever has arrived meanwhile. Timers would wait four milliseconds each. */
export function setImmediate(callback: () => void): void {
  waiting.push(callback);
  channel.port2.postMessage(null);
}

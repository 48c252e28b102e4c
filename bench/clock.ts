/**
 * Stopwatches and how their readings are summed up.
 *
 * Two clocks are read: wall time, which is what people wait for, and CPU time of the process with all its threads, which is what stays comparable on a machine
 * that has other things to do.
 */

/** Milliseconds of each clock. */
export interface Time {
  readonly wall: number;
  readonly cpu: number;
}

/** Runs `work` and gives its result with the time it took. */
export function timed<T>(work: () => T): readonly [T, Time] {
  const stop = start();
  const result = work();
  return [result, stop()];
}

/** Starts a stopwatch; calling what it gives reads it. */
export function start(): () => Time {
  const wall = performance.now();
  const cpu = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { wall: performance.now() - wall, cpu: (user + system) / 1000 };
  };
}

/** The `q`-th quantile (0 to 1) of each clock, by nearest rank; zero where there are no times. */
export function quantile(times: readonly Time[], q: number): Time {
  const pick = (clock: keyof Time): number => {
    const sorted = times.map((time) => time[clock]).sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
  };
  return { wall: pick("wall"), cpu: pick("cpu") };
}

export function median(times: readonly Time[]): Time {
  return quantile(times, 0.5);
}

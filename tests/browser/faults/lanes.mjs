// What is played many times, in browsers side by side.

/**
 * Gives the numbers from 0 below `count` to `play`, each to the first of `lanes` lanes that is free. The first fault
 * ends all of them: `play` looks at `stopped()` before it begins something long.
 */
export async function inLanes(count, lanes, play) {
  let next = 0;
  let stop = false;
  const stopped = () => stop;
  const lane = async () => {
    while (!stop && next < count) {
      try {
        await play(next++, stopped);
      } catch (fault) {
        if (!stop) {
          stop = true;
          throw fault;
        }
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(lanes, count) }, lane));
  const failed = ends.find(({ status }) => status === "rejected");
  if (failed) throw failed.reason;
}

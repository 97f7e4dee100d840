/** True once the work is done, false if the deadline came first; rejects as the work does. */
export async function settlesWithin(work: Promise<void>, deadlineMs: number): Promise<boolean> {
  // Work that fails after its deadline has nobody left to tell.
  work.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), deadlineMs);
  });
  try {
    return await Promise.race([work.then(() => true), deadline]);
  } finally {
    clearTimeout(timer);
  }
}

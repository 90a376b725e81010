/** What `inside.ts` writes on the kernel's stdout where the thread that code runs on does not hear of Stop. */
export const busy = "\x10busy\n";

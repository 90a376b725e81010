/** The types of pictures by the ending of their files; of two endings for a type the first is written. */
export const imageTypes: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".bmp": "image/bmp",
  ".svg": "image/svg+xml",
};

/** Returns the ending of a picture's file, without the dot. */
export function imageEnding(mime: string): string {
  const known = Object.entries(imageTypes).find(([, type]) => type === mime)?.[0].slice(1);
  return known ?? (mime.slice(6).replace(/\W+/g, "") || "bin");
}

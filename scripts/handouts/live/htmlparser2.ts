/** Stands in for htmlparser2, which tree.ts needs where HTML is read; a live page only writes it. @module */
export const Parser = undefined;

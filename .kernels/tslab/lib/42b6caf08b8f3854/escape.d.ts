/** Text as it stands in HTML and SVG. */
export declare function escapeMarkup(text: string): string;

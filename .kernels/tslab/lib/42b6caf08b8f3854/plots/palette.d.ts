/** A colour on white paper, and the one that takes its place on a dark page. */
export interface Ink {
    readonly light: string;
    readonly dark: string;
}
/**
 * The colours of the course: one for each role, everywhere. They are told apart by people with any of the common
 * colour blindnesses, and in grey.
 */
export declare const palette: Record<string, Ink>;
/** Rules that give every colour its dark twin, inside of the element with the class `scope`. */
export declare function darkRules(scope: string): string;

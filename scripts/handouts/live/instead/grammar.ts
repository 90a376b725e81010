/** Stand-in for the grammars of languages that a page does not colour. @module */
export default () => ({});

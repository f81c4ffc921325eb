/** The editor of a query: CodeMirror with openCypher's colours, completion and the mark of an error. No React. */
import { autocompletion, closeBrackets, closeBracketsKeymap, type CompletionContext, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { cypher } from "@codemirror/legacy-modes/mode/cypher";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { complete, type Option, type Schema } from "./completion.ts";
import type { QueryError } from "./ask.ts";

export interface Editor {
  text(): string;
  replace(text: string): void;
  /** Marks where an error is, or takes the mark off. */
  mark(error: QueryError | undefined): void;
  focus(): void;
  destroy(): void;
}

interface EditorParts {
  readonly text: string;
  readonly schema: () => Schema;
  readonly onRun: () => void;
}

const ICONS: Readonly<Record<Option["kind"], string>> = {
  label: "class",
  type: "interface",
  property: "property",
  name: "text",
  keyword: "keyword",
  function: "function",
  variable: "variable",
};

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--code-keyword)", fontWeight: "600" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: [tags.atom, tags.definition(tags.variableName)], color: "var(--code-name)" },
  { tag: tags.standard(tags.variableName), color: "var(--code-name)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
]);

const THEME = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--paper)", fontSize: "13.5px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", minHeight: "92px", maxHeight: "34vh" },
  ".cm-content": { caretColor: "var(--ink)", padding: "9px 0" },
  ".cm-line": { padding: "0 10px" },
  ".cm-gutters": { backgroundColor: "transparent", border: "none" },
  ".cm-placeholder": { color: "var(--quiet)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--accent-soft)",
  },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-tooltip": {
    border: "1px solid var(--line)",
    borderRadius: "8px",
    backgroundColor: "var(--surface)",
    boxShadow: "var(--shadow)",
    overflow: "hidden",
  },
  ".cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: "13px", maxHeight: "220px" },
  ".cm-tooltip-autocomplete > ul > li": { padding: "3px 10px", color: "var(--ink)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent-soft)", color: "var(--ink)" },
  ".cm-completionDetail": { fontFamily: "var(--ui)", fontStyle: "normal", color: "var(--quiet)", marginLeft: "10px" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-diagnostic": { padding: "6px 10px", color: "var(--ink)", borderLeftColor: "var(--denied)" },
});

/**
 * Puts an editor into the element, in a shadow root: its styles are then style sheets of that root, which a strict content policy
 * allows. Tab leaves it; Ctrl or Cmd with Enter runs the query.
 */
export function createEditor(host: HTMLElement, { text, schema, onRun }: EditorParts): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const source = (context: CompletionContext) => {
    const found = complete(context.state.doc.toString(), context.pos, schema(), context.explicit);
    if (!found) return null;
    return {
      from: found.from,
      options: found.options.map(({ label, kind, detail }) => ({ label, type: ICONS[kind], ...(detail ? { detail } : {}) })),
      validFor: /^[\w ]*$/,
    };
  };
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        history(),
        StreamLanguage.define(cypher),
        syntaxHighlighting(COLOURS),
        closeBrackets(),
        autocompletion({ override: [source], icons: false }),
        lintGutter(),
        keymap.of([
          {
            key: "Mod-Enter",
            run: () => {
              onRun();
              return true;
            },
          },
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        placeholder("MATCH (a)-[r]->(b) RETURN a, r, b"),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": "Query in openCypher", spellcheck: "false" }),
        THEME,
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    replace(next) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next }, selection: { anchor: next.length } });
    },
    mark(error) {
      const { doc } = view.state;
      const diagnostics = [];
      if (error?.line !== undefined && error.column !== undefined) {
        const line = doc.line(Math.min(Math.max(1, error.line), doc.lines));
        const from = Math.min(line.to, line.from + error.column - 1);
        const word = /^\w+/.exec(doc.sliceString(from, line.to))?.[0].length ?? 1;
        diagnostics.push({ from, to: Math.min(line.to, from + word), severity: "error" as const, message: error.message });
      }
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

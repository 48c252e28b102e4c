/** The little of XML 1.0 that reports need: elements with attributes, and text that cannot be read as anything else. */

type Attributes = Readonly<Record<string, string | number>>;

/** `<name …>` around `children`, which are XML already, with a line for each. Without children, `<name …/>`. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${attributeText(String(value))}"`);
  const start = `<${name}${said.join("")}`;
  return children.length === 0 ? `${start}/>` : `${start}>\n${children.join("\n")}\n</${name}>`;
}

/** `<name …>text</name>`, where spaces and ends of lines count. */
export function textElement(name: string, attributes: Attributes, text: string): string {
  return `${element(name, attributes).slice(0, -"/>".length)}>${escaped(text)}</${name}>`;
}

/** A whole document. */
export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

/** Ends of lines and tabs would become spaces in an attribute, unless they are written as references (XML 1.0, 3.3.3). */
function attributeText(text: string): string {
  return escaped(text).replace(/[\n\r\t]/g, (char) => `&#${char.codePointAt(0)};`);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Characters XML cannot hold, however they are written (2.2), become the replacement character. */
function escaped(text: string): string {
  const chars = Array.from(text, (char) => (isAllowed(char.codePointAt(0)!) ? (ENTITIES[char] ?? char) : "\ufffd"));
  return chars.join("");
}

function isAllowed(point: number): boolean {
  if (point < 0x20) return point === 0x9 || point === 0xa || point === 0xd;
  return !(point >= 0xd800 && point <= 0xdfff) && point !== 0xfffe && point !== 0xffff;
}

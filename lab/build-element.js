/**
 * Builds an element. `class` and the like are attributes; text stays text, whatever it holds.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number | boolean | undefined>} [attributes] `true` for one without a value; `false`
 *   and undefined for one that is not there
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, attributes = {}, ...children) {
  const built = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) built.setAttribute(name, value === true ? '' : String(value));
  }
  built.append(...children);
  return built;
}

/**
 * An element of the page that its HTML promises.
 *
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 * @throws {Error} naming the element that is missing or of another type
 */
export function required(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no ${type.name} with the id "${id}"`);
  return found;
}

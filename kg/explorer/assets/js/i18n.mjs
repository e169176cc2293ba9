/** The words of the page in Chinese and English. What a report says stays as the report says it. */

const LANGUAGES = ["zh", "en"];

/**
 * A translator over messages of the form `{key: [zh, en]}`; an unknown key shows its own last part.
 * @param {Record<string, string[]>} messages
 */
export function createWords(messages) {
  let column = 0;
  /**
   * The message of a key, `{name}` filled from `values`.
   * @param {string} key
   * @param {Record<string, string|number>} [values]
   */
  const say = (key, values = {}) => {
    const text = messages[key]?.[column] ?? key.slice(key.indexOf(".") + 1);
    return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  };
  return Object.assign(say, {
    language: () => LANGUAGES[column],
    /** @param {string} language `zh` or `en` */
    use(language) {
      column = Math.max(0, LANGUAGES.indexOf(language));
    },
  });
}

export async function firstScreen(proxy, language) {
  try {
    const answer = await fetch(new URL(`/widget/first-${language}.html`, proxy));
    return answer.ok ? await answer.text() : "";
  } catch {
    return ""; // the element shows the field by itself, a moment later
  }
}

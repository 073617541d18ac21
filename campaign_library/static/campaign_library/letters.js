// Offers to copy a letter. Without this script the text is read, marked and printed as it stands.

function words(letter) {
  const copy = letter.cloneNode(true);
  for (const each of copy.querySelectorAll("[data-not-copied], .visually-hidden")) each.remove();
  // innerText needs a laid-out element: paragraphs become lines only there.
  copy.style.position = "fixed";
  copy.style.insetInlineStart = "-100vw";
  letter.after(copy);
  const text = copy.innerText.replace(/\n{3,}/g, "\n\n").trim();
  copy.remove();
  return text;
}

for (const tools of document.querySelectorAll("[data-letter-tools]")) {
  const letter = tools.previousElementSibling;
  const status = tools.querySelector("[role=status]");
  tools.hidden = false;
  tools.querySelector("[data-copy]").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(words(letter));
      status.textContent = status.dataset.copiedWords;
    } catch {
      status.textContent = status.dataset.failedWords;
    }
  });
}

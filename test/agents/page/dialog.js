for (const button of document.querySelectorAll('button')) {
  button.addEventListener('click', () => window.main.answer(button.dataset.answer ?? ''))
}

document.querySelectorAll('button[data-reveals]').forEach((button) => {
  const field = document.getElementById(button.dataset.reveals);
  button.hidden = false;
  button.addEventListener('click', () => {
    const shown = field.type === 'text';
    field.type = shown ? 'password' : 'text';
    button.setAttribute('aria-pressed', String(!shown));
    field.focus();
  });
  field.form.addEventListener('submit', () => {
    field.type = 'password';
  });
});

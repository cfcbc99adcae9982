"use strict";
(() => {
  const words = document.getElementById("words");
  const red = document.getElementById("red");
  const nothing = document.getElementById("nothing");
  const files = [...document.querySelectorAll("#files > details")];
  const texts = files.map((file) => file.textContent.toLowerCase());
  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    files.forEach((file, index) => {
      const fits = wanted.every((word) => texts[index].includes(word)) && (!red.checked || file.dataset.red);
      file.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    nothing.hidden = shown > 0;
  };
  words.addEventListener("input", apply);
  red.addEventListener("change", apply);
  document.getElementById("filter").hidden = false;
})();

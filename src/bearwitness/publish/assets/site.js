// Searching and sorting a list, and lighting a claim's words. Every page is whole without this file.
(function () {
  "use strict";

  function setUpList(table) {
    var finder = document.querySelector("[data-finder]");
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    var search = finder.querySelector("input");
    var selects = Array.prototype.slice.call(finder.querySelectorAll("select"));
    var found = finder.querySelector("[data-found]");
    var none = document.querySelector("[data-none]");
    var texts = rows.map(function (row) { return plain(row.textContent); });
    finder.hidden = false;

    // Case and accents do not matter: "ganca" finds "Gəncə" only where Unicode says so, "ağ" finds "ag".
    function plain(text) {
      return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
    }

    function filter() {
      var wanted = plain(search.value).split(/\s+/).filter(Boolean);
      var shown = 0;
      rows.forEach(function (row, index) {
        var fits = wanted.every(function (word) { return texts[index].indexOf(word) >= 0; }) &&
          selects.every(function (select) {
            return !select.value || row.dataset[select.dataset.by] === select.value;
          });
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      var asked = wanted.length > 0 || selects.some(function (select) { return select.value; });
      found.textContent = asked ? shown + " of " + rows.length + " on this page" : "";
      none.hidden = shown > 0;
    }

    function sortBy(head, key) {
      var down = head.getAttribute("aria-sort") !== "descending";
      if (key === "title" || key === "grade") { down = head.getAttribute("aria-sort") === "ascending"; }
      table.querySelectorAll("th[aria-sort]").forEach(function (other) { other.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      var order = rows.slice().sort(function (a, b) {
        var first = key === "title" ? a.querySelector("th").textContent : a.dataset[key];
        var second = key === "title" ? b.querySelector("th").textContent : b.dataset[key];
        var step = key === "title" || key === "grade" ? first.localeCompare(second) : Number(first) - Number(second);
        return down ? -step : step;
      });
      order.forEach(function (row) { table.tBodies[0].appendChild(row); });
    }

    table.querySelectorAll("th[data-sort]").forEach(function (head) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () { sortBy(head, head.dataset.sort); });
    });
    search.addEventListener("input", filter);
    selects.forEach(function (select) { select.addEventListener("change", filter); });
    filter();
  }

  function setUpReading(text) {
    function light(id) {
      document.querySelectorAll(".lit").forEach(function (old) { old.classList.remove("lit"); });
      text.querySelectorAll("mark[data-claims]").forEach(function (mark) {
        if (mark.dataset.claims.split(" ").indexOf(id) >= 0) { mark.classList.add("lit"); }
      });
      text.querySelectorAll("li[data-claim]").forEach(function (note) {
        if (note.dataset.claim === id) { note.classList.add("lit"); }
      });
    }
    function fromAddress() {
      var name = decodeURIComponent(location.hash.slice(1));
      var note = name.indexOf("note-") === 0 ? document.getElementById(name) : null;
      light(note ? note.dataset.claim : name);
    }
    window.addEventListener("hashchange", fromAddress);
    fromAddress();
  }

  document.querySelectorAll("table[data-list]").forEach(setUpList);
  document.querySelectorAll(".text").forEach(setUpReading);
})();

// Zooming and moving the maps: buttons, dragging, arrow keys, Ctrl and wheel. The map is whole without this file.
(function () {
  "use strict";

  function setUp(box) {
    var svg = box.querySelector("svg.map");
    var whole = svg.viewBox.baseVal;
    var home = { x: whole.x, y: whole.y, w: whole.width, h: whole.height };
    var now = { x: home.x, y: home.y, w: home.w, h: home.h };
    var most = 12;

    function show() {
      now.x = Math.min(Math.max(now.x, home.x), home.x + home.w - now.w);
      now.y = Math.min(Math.max(now.y, home.y), home.y + home.h - now.h);
      svg.setAttribute("viewBox", [now.x, now.y, now.w, now.h].map(function (n) { return n.toFixed(2); }).join(" "));
      var zoom = home.w / now.w;
      svg.style.setProperty("--k", String(1 / zoom));
      svg.classList.toggle("grab", zoom > 1.01);
      closer.disabled = zoom >= most - 0.01;
      further.disabled = reset.disabled = zoom <= 1.01;
    }

    function zoomBy(factor, at) {
      var w = Math.min(home.w, Math.max(home.w / most, now.w / factor));
      var h = w * home.h / home.w;
      at = at || { x: now.x + now.w / 2, y: now.y + now.h / 2 };
      now.x = at.x - (at.x - now.x) * w / now.w;
      now.y = at.y - (at.y - now.y) * h / now.h;
      now.w = w;
      now.h = h;
      show();
    }

    function button(sign, name, action) {
      var made = document.createElement("button");
      made.type = "button";
      made.textContent = sign;
      made.setAttribute("aria-label", name);
      made.title = name;
      made.addEventListener("click", action);
      controls.appendChild(made);
      return made;
    }

    var controls = document.createElement("div");
    controls.className = "controls";
    controls.setAttribute("role", "group");
    controls.setAttribute("aria-label", "Map view");
    var closer = button("+", "Closer", function () { zoomBy(1.8); });
    var further = button("−", "Further away", function () { zoomBy(1 / 1.8); });
    var reset = button("⟲", "Whole map", function () { zoomBy(1 / most); });
    controls.addEventListener("keydown", function (event) {
      var steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!steps) { return; }
      event.preventDefault();
      now.x += steps[0] * now.w / 6;
      now.y += steps[1] * now.h / 6;
      show();
    });
    box.appendChild(controls);

    function place(event) {
      var frame = svg.getBoundingClientRect();
      return {
        x: now.x + (event.clientX - frame.left) / frame.width * now.w,
        y: now.y + (event.clientY - frame.top) / frame.height * now.h
      };
    }

    svg.addEventListener("wheel", function (event) {
      if (!event.ctrlKey && !event.metaKey) { return; }
      event.preventDefault();
      zoomBy(event.deltaY < 0 ? 1.25 : 0.8, place(event));
    }, { passive: false });

    var held = null;
    var moved = false;
    svg.addEventListener("pointerdown", function (event) {
      if (now.w >= home.w * 0.99 || event.button > 0) { return; }
      held = place(event);
      moved = false;
    });
    window.addEventListener("pointermove", function (event) {
      if (!held) { return; }
      var at = place(event);
      if (Math.abs(at.x - held.x) + Math.abs(at.y - held.y) > now.w / 100) { moved = true; }
      if (!moved) { return; }
      now.x += held.x - at.x;
      now.y += held.y - at.y;
      show();
    });
    window.addEventListener("pointerup", function () { held = null; });
    window.addEventListener("pointercancel", function () { held = null; });
    svg.addEventListener("click", function (event) {
      if (moved) { event.preventDefault(); moved = false; }
    }, true);
    svg.addEventListener("dragstart", function (event) { event.preventDefault(); });
    show();
  }

  document.querySelectorAll("[data-map]").forEach(setUp);
})();

/**
 * Answers a frame's wish for a token, and lets it say how high it is.
 *
 * A message counts only from this frame's own window and from Funnel's origin, and the token is
 * posted to that origin alone. It is never in an address. Until the frame says that it is there, a
 * line above it says that it loads: words.loading, then words.late with a button, words.again.
 */
function funnelFrame(frame, origin, ask, words) {
    var line = document.createElement('p'), patience = 15000, late, hear;
    function wait() {
        line.hidden = false;
        line.textContent = words.loading;
        clearTimeout(late);
        late = setTimeout(function () {
            var button = document.createElement('button');
            button.type = 'button';
            button.textContent = words.again;
            button.addEventListener('click', function () {
                wait();
                frame.src = frame.getAttribute('src');
            });
            line.textContent = words.late + ' ';
            line.appendChild(button);
        }, patience);
    }
    line.setAttribute('role', 'status');
    frame.parentNode.insertBefore(line, frame);
    wait();
    hear = function (event) {
        var told = event.data;
        if (!document.documentElement.contains(frame)) {
            window.removeEventListener('message', hear);
            clearTimeout(late);
            return;
        }
        if (event.source !== frame.contentWindow || event.origin !== origin) {
            return;
        }
        if (!told || typeof told !== 'object') {
            return;
        }
        if (told.funnel === 'ready') {
            clearTimeout(late);
            line.hidden = true;
        }
        if (told.funnel === 'ready' || told.funnel === 'token please') {
            ask(function (token) {
                if (token && frame.contentWindow) {
                    frame.contentWindow.postMessage({funnel: 'token', token: token}, origin);
                }
            });
        }
        if (told.funnel === 'height' && typeof told.px === 'number' && told.px > 0) {
            frame.style.height = Math.min(Math.max(told.px, 80), 8000) + 'px';
        }
    };
    window.addEventListener('message', hear);
    return hear;
}

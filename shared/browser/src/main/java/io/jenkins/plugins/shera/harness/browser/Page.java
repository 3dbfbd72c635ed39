package io.jenkins.plugins.shera.harness.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.Assertions;

/** One tab of the browser, driven as a person would: by what is seen, with mouse and keyboard. */
public final class Page implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long GLANCE_NANOS = Duration.ofMillis(50).toNanos();

    private static final int TRIES = 20;

    private static final Map<String, Integer> CODES = Map.of(
            "Enter",
            13,
            "Tab",
            9,
            "Escape",
            27,
            "ArrowLeft",
            37,
            "ArrowUp",
            38,
            "ArrowRight",
            39,
            "ArrowDown",
            40,
            "Delete",
            46);

    private final DevTools tools;
    private final String session;
    private final String context;
    private final Findings findings = new Findings();
    private JsonNode held;

    Page(DevTools tools, String session, String context) {
        this.tools = tools;
        this.session = session;
        this.context = context;
        tools.listen(session, findings::hear);
        for (String domain : List.of("Page", "Runtime", "Log", "Network", "Audits")) {
            call(domain + ".enable", Map.of());
        }
        width(1280);
    }

    /** Goes to an address and waits until the document is loaded. */
    public Page open(String url) {
        JsonNode answer = call("Page.navigate", Map.of("url", url));
        if (answer.has("errorText")) {
            throw new AssertionError("The browser could not open " + url + ": "
                    + answer.get("errorText").asText());
        }
        return until("the page is loaded", "document.readyState === 'complete'");
    }

    /** Signs in through the form of Jenkins. */
    public Page signIn(String root, String user, String password) {
        open(root + "login");
        type("input[name=j_username]", user);
        type("input[name=j_password]", password);
        press("Enter");
        return until(
                "the sign-in is done", "document.readyState === 'complete' && !location.pathname.endsWith('/login')");
    }

    /** Shows pages in a theme and a language (`en`, `zh-CN`, `zh-TW`), from the next {@link #open} on. */
    public Page look(Theme theme, String language) {
        Map<String, String> scheme =
                Map.of("name", "prefers-color-scheme", "value", theme.name().toLowerCase(java.util.Locale.ROOT));
        Map<String, String> still = Map.of("name", "prefers-reduced-motion", "value", "reduce");
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme, still)));
        String agent = call("Browser.getVersion", Map.of()).get("userAgent").asText();
        call("Emulation.setUserAgentOverride", Map.of("userAgent", agent, "acceptLanguage", language));
        return this;
    }

    /** Sets the width of the window in CSS pixels. */
    public Page width(int pixels) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    /** Waits until something that fits the selector is seen. */
    public Page see(String selector) {
        return until(
                "something fits " + selector,
                "[...document.querySelectorAll(" + quoted(selector) + ")].some((e) => e.checkVisibility())");
    }

    /** Waits until the text is seen inside something that fits the selector. */
    public Page see(String selector, String text) {
        return until(
                "'" + text + "' is seen in " + selector,
                "[...document.querySelectorAll(" + quoted(selector)
                        + ")].some((e) => e.checkVisibility() && e.innerText.includes(" + quoted(text) + "))");
    }

    /** Clicks in the middle of the first thing seen that fits the selector; aims again where that moved meanwhile. */
    public Page click(String selector) {
        return hold(selector).release();
    }

    /** Presses the mouse there and holds it until {@link #release}. */
    public Page hold(String selector) {
        see(selector);
        JsonNode middle = middle(selector);
        for (int tries = 0; tries < TRIES; tries++) {
            mouse("mouseMoved", middle.get("x").asDouble(), middle.get("y").asDouble());
            JsonNode now = middle(selector);
            if (now.equals(middle)) {
                break;
            }
            middle = now;
        }
        held = middle;
        mouse("mousePressed", held.get("x").asDouble(), held.get("y").asDouble());
        return this;
    }

    /** Releases the mouse where it was pressed. */
    public Page release() {
        mouse("mouseReleased", held.get("x").asDouble(), held.get("y").asDouble());
        return this;
    }

    /** Replaces what stands in a field by typing. */
    public Page type(String selector, String text) {
        click(selector);
        evaluate("document.activeElement.select?.()");
        call("Input.insertText", Map.of("text", text));
        return this;
    }

    /** Presses a key by its DOM name: `Enter`, `Tab`, `Escape`, `/`, `ArrowDown`, with others held: `Control+Shift+ArrowUp`. */
    public Page press(String keys) {
        String[] held = keys.length() == 1 ? new String[] {keys} : keys.split("\\+");
        String key = held[held.length - 1];
        int modifiers = 0;
        for (String one : List.of(held).subList(0, held.length - 1)) {
            modifiers |= Map.of("Alt", 1, "Control", 2, "Meta", 4, "Shift", 8).get(one);
        }
        String text = modifiers != 0 ? "" : key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
        int code = CODES.getOrDefault(
                key, modifiers != 0 && key.length() == 1 ? (int) Character.toUpperCase(key.charAt(0)) : 0);
        Map<String, Object> event = new HashMap<>(
                Map.of("key", key, "code", key, "windowsVirtualKeyCode", code, "modifiers", modifiers, "text", text));
        event.put("type", text.isEmpty() ? "rawKeyDown" : "keyDown");
        call("Input.dispatchKeyEvent", event);
        event.put("type", "keyUp");
        event.remove("text");
        call("Input.dispatchKeyEvent", event);
        return this;
    }

    /** Drags the middle of the first thing seen that fits the selector so many pixels to the right and down. */
    public Page drag(String selector, int right, int down) {
        see(selector);
        JsonNode at = middle(selector);
        double x = at.get("x").asDouble();
        double y = at.get("y").asDouble();
        mouse("mouseMoved", x, y);
        mouse("mousePressed", x, y);
        mouse("mouseMoved", x + right / 2.0, y + down / 2.0);
        mouse("mouseMoved", x + right, y + down);
        mouse("mouseReleased", x + right, y + down);
        return this;
    }

    private JsonNode middle(String selector) {
        return evaluate("(() => { const e = [...document.querySelectorAll(" + quoted(selector)
                + ")].find((e) => e.checkVisibility()); e.scrollIntoView({ block: 'center', behavior: 'instant' });"
                + " const r = e.getBoundingClientRect(); return { x: r.x + r.width / 2, y: r.y + r.height / 2 }; })()");
    }

    private void mouse(String type, double x, double y) {
        call("Input.dispatchMouseEvent", Map.of("type", type, "x", x, "y", y, "button", "left", "clickCount", 1));
    }

    /** The visible text of the first element that fits. */
    public String text(String selector) {
        see(selector);
        return evaluate("document.querySelector(" + quoted(selector) + ").innerText")
                .asText();
    }

    /** The visible texts of all elements that fit. */
    public List<String> texts(String selector) {
        List<String> texts = new ArrayList<>();
        evaluate("[...document.querySelectorAll(" + quoted(selector)
                        + ")].filter((e) => e.checkVisibility()).map((e) => e.innerText)")
                .forEach(one -> texts.add(one.asText()));
        return texts;
    }

    /** The value of a JavaScript expression, awaited when it is a promise. */
    public JsonNode evaluate(String expression) {
        JsonNode answer =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError("In the page: "
                    + answer.get("exceptionDetails")
                            .path("exception")
                            .path("description")
                            .asText() + "\n" + expression);
        }
        return answer.get("result").path("value");
    }

    /** Waits until a JavaScript condition holds; what it means is said when it never does. */
    public Page until(String meaning, String condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("In vain waited until " + meaning + " at "
                        + evaluate("location.href").asText() + ". The page shows:\n"
                        + evaluate("document.body.innerText.slice(0, 2000)").asText() + "\nFindings: "
                        + findings.all());
            }
            LockSupport.parkNanos(GLANCE_NANOS);
        }
        return this;
    }

    /** Writes a picture of the whole page to target/screenshots. */
    public Path photograph(String name) throws IOException {
        JsonNode size = call("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
        Map<String, Object> clip = Map.of(
                "x",
                0,
                "y",
                0,
                "width",
                size.get("width").asDouble(),
                "height",
                size.get("height").asDouble(),
                "scale",
                1);
        JsonNode picture =
                call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip", clip));
        Path file = Path.of("target", "screenshots", name + ".png");
        Files.createDirectories(file.getParent());
        return Files.write(file, Base64.getDecoder().decode(picture.get("data").asText()));
    }

    /** Fails when a script failed, the console got an error, a request failed or the Content-Security-Policy was hit since the page was made. */
    public Page assertClean() {
        Assertions.assertThat(findings.all())
                .as("what went wrong at %s", evaluate("location.href").asText())
                .isEmpty();
        return this;
    }

    /** Forgets findings a test provoked on purpose, and gives them. */
    public List<String> takeFindings() {
        return findings.take();
    }

    /** Fails when axe-core finds a fault of accessibility (WCAG 2.2 A and AA) below the selector. */
    public Page assertAccessible(String selector) throws IOException {
        Assertions.assertThat(new Accessibility(this).faults(selector))
                .as("axe-core at %s", evaluate("location.href").asText())
                .isEmpty();
        return this;
    }

    @Override
    public void close() {
        tools.call(null, "Target.disposeBrowserContext", Map.of("browserContextId", context));
    }

    private boolean holds(String condition) {
        // While a navigation is under way there is no document to ask.
        return call("Runtime.evaluate", Map.of("expression", condition, "returnByValue", true))
                .get("result")
                .path("value")
                .asBoolean(false);
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        return tools.call(session, method, parameters);
    }

    static String quoted(String text) {
        return DevTools.JSON.valueToTree(text).toString();
    }
}

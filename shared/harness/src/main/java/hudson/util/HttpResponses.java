package hudson.util;

import java.util.Map;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.HttpResponse;

/** Answers to web requests. */
public class HttpResponses extends org.kohsuke.stapler.HttpResponses {
    public static HttpResponse okJSON() {
        return new JsonAnswer(answer("ok"));
    }

    public static HttpResponse okJSON(JSONObject data) {
        return new JsonAnswer(answer("ok").element("data", data));
    }

    public static HttpResponse okJSON(JSONArray data) {
        return new JsonAnswer(answer("ok").element("data", data));
    }

    public static HttpResponse okJSON(Map<?, ?> data) {
        return okJSON(JSONObject.fromObject(data));
    }

    public static HttpResponse errorJSON(String message) {
        return new JsonAnswer(answer("error").element("message", message));
    }

    public static HttpResponse errorJSON(String message, JSONObject data) {
        return new JsonAnswer(answer("error").element("message", message).element("data", data));
    }

    private static JSONObject answer(String status) {
        return new JSONObject().element("status", status);
    }
}

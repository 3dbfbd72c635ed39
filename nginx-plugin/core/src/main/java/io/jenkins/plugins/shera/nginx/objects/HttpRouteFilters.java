package io.jenkins.plugins.shera.nginx.objects;

import static io.jenkins.plugins.shera.nginx.objects.RouteObject.onlyFields;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.nginx.model.HeaderRule;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The filters of an HTTPRoute's rule: headers of requests and answers that are set or taken away. */
final class HttpRouteFilters {
    private static final String REQUEST = "requestHeaderModifier";
    private static final String RESPONSE = "responseHeaderModifier";

    private HttpRouteFilters() {}

    /** Null for none. */
    static RouteRules read(JsonNode filters) throws InvalidRouteException {
        List<HeaderRule> request = new ArrayList<>();
        List<HeaderRule> response = new ArrayList<>();
        for (JsonNode filter : filters) {
            onlyFields("A filter", filter, Set.of("type", REQUEST, RESPONSE));
            headers(filter.path(REQUEST), true, request);
            headers(filter.path(RESPONSE), false, response);
        }
        return request.isEmpty() && response.isEmpty()
                ? null
                : new RouteRules(false, request, response, null, null, List.of(), List.of());
    }

    private static void headers(JsonNode modifier, boolean request, List<HeaderRule> headers)
            throws InvalidRouteException {
        onlyFields("A filter of headers", modifier, Set.of("set", "remove"));
        for (JsonNode one : modifier.path("set")) {
            headers.add(new HeaderRule(
                            one.path("name").asText(""), one.path("value").asText(""))
                    .check(request));
        }
        for (JsonNode name : modifier.path("remove")) {
            headers.add(new HeaderRule(name.asText(""), null).check(request));
        }
    }
}

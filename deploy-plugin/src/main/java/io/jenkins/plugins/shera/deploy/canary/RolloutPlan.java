package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a rollout is to do; never changes once it is recorded.
 *
 * @param id names the rollout, the same after every restart
 * @param router kind of the router, for example {@code replicas}
 * @param routerSettings its parameters
 * @param before pod template that is stable at the start
 * @param after pod template to be released
 * @param deadlineSeconds how long a step may take until its weight is proved, and the promotion until stable serves
 * @param approval whether somebody other than who started it must agree to the promotion
 * @param startedBy id of the user, or SYSTEM
 * @param build for people: which build asked, or empty
 * @param canary pod template of the canary where it is not the released one, null otherwise
 * @param apm what becomes of the APM switch, null when it stays
 * @param set the release set that it is a member of, null for one alone
 */
public record RolloutPlan(
        String id,
        Subject subject,
        List<PlanStep> steps,
        String router,
        Map<String, String> routerSettings,
        JsonNode before,
        JsonNode after,
        int deadlineSeconds,
        boolean approval,
        String startedBy,
        String build,
        JsonNode canary,
        ApmChange apm,
        SetPlan set) {

    /** Keeps its own copies. */
    public RolloutPlan {
        steps = List.copyOf(steps);
        routerSettings = Map.copyOf(routerSettings);
    }

    /** One whose canary is what is released, and which leaves the APM switch alone. */
    public RolloutPlan(
            String id,
            Subject subject,
            List<PlanStep> steps,
            String router,
            Map<String, String> routerSettings,
            JsonNode before,
            JsonNode after,
            int deadlineSeconds,
            boolean approval,
            String startedBy,
            String build) {
        this(
                id,
                subject,
                steps,
                router,
                routerSettings,
                before,
                after,
                deadlineSeconds,
                approval,
                startedBy,
                build,
                null,
                null,
                null);
    }

    /** The same plan with these pod templates, read from the cluster when the rollout begins. */
    public RolloutPlan withTemplates(JsonNode stable, JsonNode released) {
        return changed(steps, router, routerSettings, stable, released, canary, apm, set);
    }

    /** The same plan whose canary has a pod template of its own, null for none. */
    RolloutPlan withCanary(JsonNode template) {
        return changed(steps, router, routerSettings, before, after, template, apm, set);
    }

    /** The same plan, which changes the APM switch, too. */
    RolloutPlan with(ApmChange change) {
        return changed(steps, router, routerSettings, before, after, canary, change, set);
    }

    /** The same plan as a member of a release set, with the steps of a member. */
    public RolloutPlan in(SetPlan together, List<PlanStep> waiting) {
        return changed(waiting, router, routerSettings, before, after, canary, apm, together);
    }

    /** The same plan by another router. */
    RolloutPlan withRouter(String kind) {
        return changed(steps, kind, Map.of(), before, after, canary, apm, set);
    }

    private RolloutPlan changed(
            List<PlanStep> newSteps,
            String newRouter,
            Map<String, String> newSettings,
            JsonNode newBefore,
            JsonNode newAfter,
            JsonNode newCanary,
            ApmChange newApm,
            SetPlan newSet) {
        return new RolloutPlan(
                id,
                subject,
                newSteps,
                newRouter,
                newSettings,
                newBefore,
                newAfter,
                deadlineSeconds,
                approval,
                startedBy,
                build,
                newCanary,
                newApm,
                newSet);
    }

    /** The pod template of the canary. */
    public JsonNode canaryTemplate() {
        return canary == null ? after : canary;
    }

    /** Whether the APM switch is what it is about. */
    public boolean isSwitch() {
        return apm != null && !apm.word().isEmpty();
    }

    /** What is released, for people: the image, or how APM is switched. */
    public String what() {
        return isSwitch() ? apm.word() + " with " + image() : image();
    }

    /** The image that is released, as the first container names it. */
    public String image() {
        return image(after);
    }

    /** The image that is stable at the start. */
    public String imageBefore() {
        return image(before);
    }

    private static String image(JsonNode template) {
        return template.path("spec").path("containers").path(0).path("image").asText("");
    }

    /** As it stands in the cluster. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.put("tenant", subject.tenant()).put("application", subject.application());
        json.put("environment", subject.environment()).put("cluster", subject.cluster());
        json.put("namespace", subject.namespace());
        steps.forEach(step -> json.withArrayProperty("steps").add(step.toJson()));
        json.put("router", router);
        ObjectNode settings = json.putObject("routerSettings");
        routerSettings.forEach(settings::put);
        json.set("before", before);
        json.set("after", after);
        json.put("deadlineSeconds", deadlineSeconds).put("approval", approval);
        json.put("startedBy", startedBy).put("build", build);
        if (canary != null) {
            json.set("canary", canary);
        }
        if (apm != null) {
            json.set("apm", apm.toJson());
        }
        if (set != null) {
            json.set("set", set.toJson());
        }
        return json;
    }

    /** The plan that {@link #toJson} wrote. */
    public static RolloutPlan of(JsonNode json) {
        List<PlanStep> steps = new ArrayList<>();
        json.path("steps").forEach(step -> steps.add(PlanStep.of(step)));
        Map<String, String> settings = new LinkedHashMap<>();
        json.path("routerSettings")
                .properties()
                .forEach(each -> settings.put(each.getKey(), each.getValue().asText()));
        return new RolloutPlan(
                json.path("id").asText(),
                new Subject(
                        json.path("tenant").asText(),
                        json.path("application").asText(),
                        json.path("environment").asText(),
                        json.path("cluster").asText(),
                        json.path("namespace").asText()),
                steps,
                json.path("router").asText(),
                settings,
                json.path("before"),
                json.path("after"),
                json.path("deadlineSeconds").asInt(600),
                json.path("approval").asBoolean(),
                json.path("startedBy").asText(),
                json.path("build").asText(),
                json.path("canary").isObject() ? json.path("canary") : null,
                ApmChange.of(json.path("apm")),
                SetPlan.of(json.path("set")));
    }
}

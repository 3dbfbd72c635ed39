package io.jenkins.plugins.shera.monitoring.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** An object of Kubernetes in which the rules of tenants lie, from where a Prometheus gets them. */
public interface RuleObject {

    /** Ends the name of our field manager, so that what a deployment applies to the same object is none of ours. */
    String PART = "-rules";

    /** Where it is kept; refused where the cluster has no such kind. */
    ObjectRef ref(Kinds kinds) throws IOException;

    /** The rules of ours that lie in it; {@code live} is missing while there is no such object. */
    List<RuleFile> ours(JsonNode live) throws IOException;

    /** Refuses, before anything is written, what cannot be kept in it. */
    void check(JsonNode live, Collection<RuleFile> files) throws IOException;

    /** All of ours as it is applied, except for the name: what is not named any more goes away. */
    ObjectNode content(Collection<RuleFile> files);

    /** Whether the object, of which we applied all there is, is to go with the last of ours. */
    boolean goesWithTheLast(JsonNode live) throws IOException;

    /** Whether Prometheus has to be told by us to read it again. */
    boolean reloads();

    /** What to look at when Prometheus does not evaluate what lies there. */
    String advice();

    /** The fields that we applied. */
    static Optional<JsonNode> applied(JsonNode live) {
        return StreamSupport.stream(live.at("/metadata/managedFields").spliterator(), false)
                .filter(each -> each.path("manager").asText().equals(KubeApi.FIELD_MANAGER + PART))
                .filter(each -> each.path("operation").asText().equals("Apply"))
                .map(each -> each.path("fieldsV1"))
                .findFirst();
    }
}

package io.jenkins.plugins.shera.nginx.pages;

import io.jenkins.plugins.shera.nginx.steps.Adopting;
import io.jenkins.plugins.shera.nginx.steps.RouteRestoring;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;

/** What people decide about hand edits of a whole cluster. */
final class EditDoor {
    private final WholeDoor door;

    EditDoor(WholeDoor door) {
        this.door = door;
    }

    /** What is to be done. */
    interface Work {
        void by(Adopting adopting, Fields fields) throws IOException, InterruptedException;
    }

    HttpResponse of(StaplerRequest2 request, Work work) {
        return door.write(request, "nginx.adopt", "node", (cluster, fields) -> {
            String caller = Jenkins.getAuthentication2().getName();
            work.by(new Adopting(cluster, door.tenant().getId(), caller), fields);
            return JsonAnswer.ok();
        });
    }

    /** Puts the routes of {@code generation} of {@code node} back on every node of {@code nginx}. */
    HttpResponse restore(StaplerRequest2 request) {
        return door.write(request, "route.restore", "node", (cluster, fields) -> {
            String node = fields.text("node");
            long generation = fields.number("generation").orElse(0);
            fields.done();
            new RouteRestoring(cluster, door.tenant().getId()).restore(node, generation);
            return JsonAnswer.ok();
        });
    }
}

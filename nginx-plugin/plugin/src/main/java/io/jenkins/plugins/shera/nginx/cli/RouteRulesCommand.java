package io.jenkins.plugins.shera.nginx.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.steps.RouteRulesSettings;
import io.jenkins.plugins.shera.nginx.steps.RouteRuling;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import org.kohsuke.args4j.Argument;

/**
 * {@code shera-nginx-rules TENANT CLUSTER APPLICATION ENVIRONMENT}: gives the route the rules that come as JSON on the standard input,
 * as {@code {"maxBody": "20m"}}; {@code {}} takes them away.
 */
@Extension
public class RouteRulesCommand extends CLICommand {
    private static final int LONGEST = 256 * 1024;

    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "CLUSTER", required = true, usage = "id of the nginx cluster")
    public String cluster = "";

    @Argument(index = 2, metaVar = "APPLICATION", required = true, usage = "whose route it is")
    public String application = "";

    @Argument(index = 3, metaVar = "ENVIRONMENT", required = true, usage = "of that application")
    public String environment = "";

    @Override
    public String getName() {
        return "shera-nginx-rules";
    }

    @Override
    public String getShortDescription() {
        return Messages.RouteRulesCommand_description();
    }

    @Override
    protected int run() throws InterruptedException {
        try {
            Tenant of = SheraConfiguration.get().tenant(tenant);
            if (of == null || !TenantFolder.allows(of, SheraPermissions.ROUTE)) {
                throw Refusal.forbidden(
                        "tenant " + tenant,
                        Messages.CertificateCommand_permission(SheraPermissions.ROUTE.name),
                        Messages.CertificateCommand_permission_next());
            }
            NginxCluster found = NginxConfiguration.get()
                    .clusterFor(cluster, tenant)
                    .orElseThrow(() -> Refusal.unknown(
                            "cluster " + cluster,
                            Messages.CertificateCommand_cluster(tenant),
                            Messages.CertificateCommand_cluster_next()));
            Fields fields = new Fields(new ObjectMapper().readTree(stdin.readNBytes(LONGEST)), "");
            RouteRulesSettings wanted = RouteRulesSettings.of(fields);
            fields.done();
            new RouteRuling(found, of).rule(RouteOwner.of(tenant, application, environment), wanted);
            return 0;
        } catch (JsonProcessingException e) {
            stderr.println(Messages.RouteRulesCommand_json());
            return 1;
        } catch (Refusal | InvalidRouteException | IOException e) {
            stderr.println(e.getMessage());
            return 1;
        }
    }
}

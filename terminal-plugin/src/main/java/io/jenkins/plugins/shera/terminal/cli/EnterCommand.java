package io.jenkins.plugins.shera.terminal.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.terminal.desk.Pass;
import io.jenkins.plugins.shera.terminal.desk.Passes;
import java.util.stream.Stream;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-enter TENANT APPLICATION [-environment NAME -reason TEXT | -approve ID | -withdraw ID]}: asks to be let into an
 * environment that demands a reason or a second person, or agrees to what another asked for; lists without an option.
 */
@Extension
public class EnterCommand extends CLICommand {

    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "APPLICATION", required = true, usage = "name of the application")
    public String application = "";

    @Option(name = "-environment", metaVar = "NAME", usage = "where to")
    public String environment = "";

    @Option(name = "-reason", metaVar = "TEXT", usage = "why; asks to be let in")
    public String reason = "";

    @Option(name = "-approve", metaVar = "ID", usage = "agrees to what another asked for")
    public String approve = "";

    @Option(name = "-withdraw", metaVar = "ID", usage = "takes a pass away, one's own or another's")
    public String withdraw = "";

    @Override
    public String getName() {
        return "shera-enter";
    }

    @Override
    public String getShortDescription() {
        return Messages.EnterCommand_description();
    }

    @Override
    protected int run() {
        try {
            if (Stream.of(reason, approve, withdraw)
                            .filter(each -> !each.isEmpty())
                            .count()
                    > 1) {
                throw Refusal.input("shera-enter", Messages.CopyCommand_one(), Messages.EnterCommand_one_next());
            }
            Tenant of = SheraConfiguration.get().tenant(tenant);
            Application found = SheraConfiguration.get().application(tenant, application);
            if (of == null || found == null || !TenantFolder.allows(of, SheraPermissions.TERMINAL)) {
                throw Refusal.unknown(
                        tenant + "/" + application,
                        Messages.EnterCommand_unknown(),
                        Messages.EnterCommand_unknown_next());
            }
            act(of, found);
            return 0;
        } catch (Refusal e) {
            stderr.println(e.getMessage());
            return 1;
        }
    }

    private void act(Tenant of, Application found) {
        Passes passes = Passes.get();
        if (!reason.isEmpty()) {
            show(passes.ask(
                    of,
                    found,
                    found.environment(environment)
                            .orElseThrow(() -> Refusal.unknown(
                                    "-environment",
                                    Messages.EnterCommand_unknown(),
                                    Messages.EnterCommand_unknown_next())),
                    reason));
        } else if (!approve.isEmpty()) {
            show(passes.approve(of, found, approve));
        } else if (!withdraw.isEmpty()) {
            passes.withdraw(of, found, withdraw);
        } else {
            passes.of(tenant, application).forEach(this::show);
        }
    }

    private void show(Pass pass) {
        stdout.println(String.join(
                "\t",
                pass.id(),
                pass.environment(),
                pass.user(),
                pass.waiting() ? "waiting" : pass.by().isEmpty() ? "-" : pass.by(),
                pass.until().toString(),
                pass.reason()));
    }
}

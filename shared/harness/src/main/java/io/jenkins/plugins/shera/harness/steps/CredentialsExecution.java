package io.jenkins.plugins.shera.harness.steps;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.slaves.WorkspaceList;
import hudson.util.Secret;
import java.io.File;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Runs a body with secrets in its environment and out of its log; deletes the files made for it. */
final class CredentialsExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final transient List<? extends CredentialBinding> bindings;

    CredentialsExecution(StepContext context, List<? extends CredentialBinding> bindings) {
        super(context);
        this.bindings = bindings;
    }

    @Override
    public boolean start() throws Exception {
        StepContext context = getContext();
        Run<?, ?> run = context.get(Run.class);
        FilePath here = context.get(FilePath.class);
        FilePath base = here == null ? new FilePath(run.getRootDir()) : WorkspaceList.tempDir(here);
        FilePath folder = base.child("secrets-" + UUID.randomUUID());
        folder.mkdirs();
        folder.chmod(0700);
        Map<String, String> variables = new LinkedHashMap<>();
        Map<String, String> secrets = new LinkedHashMap<>();
        for (CredentialBinding binding : bindings) {
            binding.bind(run, folder, variables, secrets);
        }
        LinkedHashMap<String, Secret> hidden = new LinkedHashMap<>();
        secrets.forEach((name, value) -> hidden.put(name, Secret.fromString(value)));
        context.get(TaskListener.class)
                .getLogger()
                .println("Masking supported pattern matches of $" + String.join(" or $", secrets.keySet()));
        ConsoleLogFilter filter = BodyInvoker.mergeConsoleLogFilters(
                context.get(ConsoleLogFilter.class), new SecretMask(secrets.values()));
        EnvironmentExpander expander = EnvironmentExpander.merge(
                context.get(EnvironmentExpander.class), new Variables(new LinkedHashMap<>(variables), hidden));
        context.newBodyInvoker()
                .withContexts(filter, expander)
                .withCallback(new Cleanup(new File(folder.getRemote())))
                .start();
        return false;
    }

    private static final class Variables extends EnvironmentExpander {
        private static final long serialVersionUID = 1L;

        private final LinkedHashMap<String, String> open;
        private final LinkedHashMap<String, Secret> hidden;

        Variables(LinkedHashMap<String, String> open, LinkedHashMap<String, Secret> hidden) {
            this.open = open;
            this.hidden = hidden;
        }

        @Override
        public void expand(EnvVars env) {
            env.overrideAll(open);
            hidden.forEach((name, value) -> env.override(name, value.getPlainText()));
        }

        @Override
        public Set<String> getSensitiveVariables() {
            return new LinkedHashSet<>(hidden.keySet());
        }
    }

    private static final class Cleanup extends BodyExecutionCallback.TailCall {
        private static final long serialVersionUID = 1L;

        private final File folder;

        Cleanup(File folder) {
            this.folder = folder;
        }

        @Override
        protected void finished(StepContext context) throws IOException, InterruptedException {
            new FilePath(folder).deleteRecursive();
        }
    }
}

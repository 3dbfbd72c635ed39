package io.jenkins.plugins.shera.harness.steps;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.TopLevelItem;
import hudson.slaves.WorkspaceList;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code node { ... }}: runs its body with an executor and a workspace of the controller, the only machine there is. */
public final class NodeStep extends Step {
    private final String label;

    @DataBoundConstructor
    public NodeStep(String label) {
        this.label = label == null || label.isBlank() ? null : label.trim();
    }

    public String getLabel() {
        return label;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, label);
    }

    /** Waits for an executor, then for the body. */
    static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private static final Set<String> CONTROLLER = Set.of("built-in", "master");

        private final String label;
        private FilePath workspace;
        private transient Runnable release;

        Execution(StepContext context, String label) {
            super(context);
            this.label = label;
        }

        @Override
        public boolean start() throws Exception {
            TaskListener listener = getContext().get(TaskListener.class);
            if (label != null && !CONTROLLER.contains(label)) {
                listener.getLogger().println("Still waiting to schedule task");
                listener.getLogger().println("There are no nodes with the label \u2018" + label + "\u2019");
                return false;
            }
            if (!ExecutorLeases.get().request(this)) {
                listener.getLogger().println("Still waiting to schedule task");
                listener.getLogger().println("Waiting for next available executor");
            }
            return false;
        }

        /** Called on any thread when there is an executor; the lease is given back by the runnable. */
        void granted(Runnable giveBack) {
            try {
                begin(giveBack);
            } catch (Exception e) {
                giveBack.run();
                getContext().onFailure(e);
            }
        }

        private void begin(Runnable giveBack) throws Exception {
            Run<?, ?> run = getContext().get(Run.class);
            FilePath base = Jenkins.get().getWorkspaceFor((TopLevelItem) run.getParent());
            WorkspaceList.Lease lease =
                    Jenkins.get().toComputer().getWorkspaceList().allocate(base);
            release = () -> {
                lease.release();
                giveBack.run();
            };
            workspace = lease.path;
            workspace.mkdirs();
            EnvVars variables = new EnvVars();
            variables.put("NODE_NAME", "built-in");
            variables.put("NODE_LABELS", "built-in");
            variables.put("EXECUTOR_NUMBER", "0");
            variables.put("WORKSPACE", workspace.getRemote());
            variables.put("WORKSPACE_TMP", WorkspaceList.tempDir(workspace).getRemote());
            getContext().get(TaskListener.class).getLogger().println("Running on Jenkins in " + workspace.getRemote());
            getContext()
                    .newBodyInvoker()
                    .withContexts(workspace, variables)
                    .withCallback(new Release(this))
                    .start();
        }

        @Override
        public void onResume() {
            if (workspace == null) {
                if (label == null || CONTROLLER.contains(label)) {
                    ExecutorLeases.get().request(this);
                }
                return;
            }
            Runnable giveBack = ExecutorLeases.get().take();
            try {
                WorkspaceList.Lease lease =
                        Jenkins.get().toComputer().getWorkspaceList().acquire(workspace);
                release = () -> {
                    lease.release();
                    giveBack.run();
                };
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                release = giveBack;
            }
        }

        @Override
        public void stop(Throwable cause) throws Exception {
            ExecutorLeases.get().cancel(this);
            super.stop(cause);
        }

        private synchronized void release() {
            if (release != null) {
                release.run();
                release = null;
            }
        }

        @Override
        public String getStatus() {
            return workspace == null ? "waiting for an executor" : "running in " + workspace.getRemote();
        }
    }

    private static final class Release extends BodyExecutionCallback.TailCall {
        private static final long serialVersionUID = 1L;

        private final Execution execution;

        Release(Execution execution) {
            this.execution = execution;
        }

        @Override
        protected void finished(StepContext context) {
            execution.release();
        }
    }

    /** Its descriptor. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("node", "Allocate node", true, Run.class, TaskListener.class);
        }

        @Override
        public Set<? extends Class<?>> getProvidedContext() {
            return Set.of(FilePath.class, EnvVars.class, hudson.Launcher.class, hudson.model.Computer.class);
        }
    }
}

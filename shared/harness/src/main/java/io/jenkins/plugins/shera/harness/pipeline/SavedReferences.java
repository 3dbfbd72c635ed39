package io.jenkins.plugins.shera.harness.pipeline;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.File;
import java.io.Serializable;
import jenkins.model.Jenkins;
import org.jboss.marshalling.ObjectResolver;

/** In a saved program, things that live elsewhere are named, not copied. */
final class SavedReferences implements ObjectResolver {
    @Override
    public Object writeReplace(Object original) {
        if (original instanceof Run<?, ?> run) {
            return new BuildReference(run.getExternalizableId());
        }
        if (original instanceof Jenkins) {
            return new ServerReference();
        }
        if (original instanceof Item item) {
            return new ItemReference(item.getFullName());
        }
        if (original instanceof FilePath path) {
            return new PathReference(path.getRemote());
        }
        if (original instanceof Computer) {
            return new ComputerReference();
        }
        if (original instanceof BuildLog.Listener listener) {
            return new LogReference(listener.run().getExternalizableId(), listener.node());
        }
        return original;
    }

    @Override
    public Object readResolve(Object replacement) {
        return replacement instanceof Reference reference ? reference.find() : replacement;
    }

    private interface Reference extends Serializable {
        Object find();
    }

    private static final class BuildReference implements Reference {
        private static final long serialVersionUID = 1L;

        private final String id;

        BuildReference(String id) {
            this.id = id;
        }

        @Override
        public Object find() {
            return Run.fromExternalizableId(id);
        }
    }

    private static final class ItemReference implements Reference {
        private static final long serialVersionUID = 1L;

        private final String name;

        ItemReference(String name) {
            this.name = name;
        }

        @Override
        public Object find() {
            return Jenkins.get().getItemByFullName(name);
        }
    }

    private static final class ServerReference implements Reference {
        private static final long serialVersionUID = 1L;

        @Override
        public Object find() {
            return Jenkins.get();
        }
    }

    private static final class ComputerReference implements Reference {
        private static final long serialVersionUID = 1L;

        @Override
        public Object find() {
            return Jenkins.get().toComputer();
        }
    }

    private static final class PathReference implements Reference {
        private static final long serialVersionUID = 1L;

        private final String path;

        PathReference(String path) {
            this.path = path;
        }

        @Override
        public Object find() {
            return new FilePath(new File(path));
        }
    }

    private static final class LogReference implements Reference {
        private static final long serialVersionUID = 1L;

        private final String build;
        private final String node;

        LogReference(String build, String node) {
            this.build = build;
            this.node = node;
        }

        @Override
        public TaskListener find() {
            return BuildLog.of(Run.fromExternalizableId(build)).listener(node);
        }
    }
}

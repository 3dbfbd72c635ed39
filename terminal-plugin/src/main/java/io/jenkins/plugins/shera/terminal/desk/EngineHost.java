package io.jenkins.plugins.shera.terminal.desk;

import io.jenkins.plugins.shera.kube.exec.ExecApi;
import io.jenkins.plugins.shera.terminal.docker.EngineContainer;
import io.jenkins.plugins.shera.terminal.files.EngineFiles;
import io.jenkins.plugins.shera.terminal.files.FileRoom;
import io.jenkins.plugins.shera.terminal.files.PodFileShell;
import io.jenkins.plugins.shera.terminal.session.Containers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An application's containers on a docker engine; nothing is kept open. */
final class EngineHost implements Host {
    private final EngineDoor door;

    EngineHost(EngineDoor door) {
        this.door = door;
    }

    @Override
    public List<Containers.Running> running() throws IOException {
        return door.running();
    }

    /** Those of an engine bear no labels to choose by. */
    @Override
    public List<Containers.Started> started(String selector) throws IOException {
        List<Containers.Started> all = new ArrayList<>();
        for (Containers.Running each : selector.isEmpty() ? door.running() : List.<Containers.Running>of()) {
            String mark = door.find(each.container()).mark();
            all.add(new Containers.Started(each.pod(), each.container(), mark, true));
        }
        return all;
    }

    @Override
    public Room enter(String pod, String container) throws IOException {
        EngineContainer found = door.find(container);
        ExecApi exec = door.exec(found);
        return new Room() {
            @Override
            public ExecApi exec() {
                return exec;
            }

            @Override
            public FileRoom files() {
                return new EngineFiles(
                        door.engine(), found, new PodFileShell(exec, found.id(), door.pod(), found.name()));
            }
        };
    }

    @Override
    public String place() {
        return "docker";
    }

    @Override
    public void close() {
        // Each call has a connection of its own.
    }
}

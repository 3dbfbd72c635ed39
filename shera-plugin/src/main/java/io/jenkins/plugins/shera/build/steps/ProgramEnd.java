package io.jenkins.plugins.shera.build.steps;

import io.jenkins.plugins.shera.build.process.Programs;

/** Why a program that builds ended badly, as far as its code and last words tell, and what to do about it. */
final class ProgramEnd {
    /** What a shell says of a program that the system killed: 128 and signal 9. */
    private static final int KILLED = 137;

    private ProgramEnd() {}

    /** One or two sentences, without the code. */
    static String why(Programs.Outcome outcome) {
        String said = outcome.output();
        if (DiskFull.isIn(said)) {
            return "the agent's disk is full. Free room where its workspaces and its temporary files lie, then build"
                    + " again.";
        }
        if (said.contains("java.lang.OutOfMemoryError")) {
            return "it ran out of memory. Give it more by -Xmx in MAVEN_OPTS or in .mvn/jvm.config of the source.";
        }
        if (outcome.code() == KILLED) {
            return "the system killed it, mostly because the agent or its container has too little memory. Give the"
                    + " agent more, or Maven less by -Xmx in MAVEN_OPTS.";
        }
        return "see its output above for what failed, and correct that.";
    }
}

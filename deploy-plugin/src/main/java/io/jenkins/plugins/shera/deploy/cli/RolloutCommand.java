package io.jenkins.plugins.shera.deploy.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.release.SetVerb;
import io.jenkins.plugins.shera.deploy.steps.rollout.RolloutDesk;
import io.jenkins.plugins.shera.deploy.steps.rollout.SetDesk;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-rollout TENANT APPLICATION ENVIRONMENT [VERB] [VALUE]}: one line about the rollout, or a verb given to it; VALUE is the weight of
 * {@code setWeight} or the revision of {@code undo}. With {@code --set} the verb is for the whole release set that it is a member of.
 */
@Extension
public class RolloutCommand extends PlaceCommand {

    @Argument(
            index = 3,
            metaVar = "VERB",
            usage = "status, promote, promoteFull, pause, resume, abort, retry, setWeight, undo")
    public String verb = "status";

    @Argument(index = 4, metaVar = "VALUE", usage = "weight or revision")
    public String value = "";

    @Option(name = "--set", usage = "the verb is for the whole release set; without one, a line for each member")
    public boolean set;

    @Override
    public String getName() {
        return "shera-rollout";
    }

    @Override
    public String getShortDescription() {
        return Messages.RolloutCommand_description();
    }

    /** A word that is no verb is no change, and names none in the audit trail. */
    @Override
    protected String change() {
        boolean known = verb.equals("undo")
                || Arrays.stream(Verb.Kind.values())
                        .anyMatch(each -> !each.isForSets() && each.text().equals(verb));
        return known ? "rollout." + verb : "";
    }

    @Override
    protected void act(Subject subject, Environment where) {
        if (set) {
            giveSet(subject);
            show(subject);
            return;
        }
        give(subject);
        stdout.println(RolloutDesk.look(subject)
                .map(seen -> seen.record().status().phase().text() + "\t"
                        + seen.record().plan().image() + "\t"
                        + seen.record().status().reason())
                .orElse("-"));
    }

    private void giveSet(Subject subject) {
        if (verb.equals("status")) {
            return;
        }
        SetVerb kind = SetVerb.of(verb)
                .orElseThrow(() -> Refusal.input(
                        "VERB",
                        Messages.RolloutCommand_verb(),
                        Arrays.stream(SetVerb.values()).map(SetVerb::text).collect(Collectors.joining(", "))
                                + ", status"));
        if (!kind.holds() || !allows(SheraPermissions.DEPLOY)) {
            check(SheraPermissions.PROMOTE);
        }
        SetDesk.command(subject, kind);
    }

    private void show(Subject subject) {
        SetDesk.Seen seen = SetDesk.look(subject)
                .orElseThrow(() ->
                        Refusal.input("--set", Messages.RolloutCommand_set(), Messages.RolloutCommand_set_next()));
        stdout.println(seen.outcome().text() + "\t" + seen.why());
        for (SetDesk.SeenMember member : seen.members()) {
            stdout.println(member.part().key() + "\t"
                    + (member.member().isKnown()
                            ? member.member().status().phase().text()
                            : "-") + "\t"
                    + member.part().image() + "\t"
                    + (member.member().isKnown() ? member.member().status().reason() : member.trouble()));
        }
    }

    private void give(Subject subject) {
        if (verb.equals("status")) {
            return;
        }
        if (verb.equals("undo")) {
            check(SheraPermissions.PROMOTE);
            if (!value.matches("[0-9]{0,9}")) {
                throw Refusal.input("VALUE", Messages.RolloutCommand_value(), Messages.RolloutCommand_value_next());
            }
            RolloutDesk.undo(subject, value);
            return;
        }
        Verb.Kind kind = Arrays.stream(Verb.Kind.values())
                .filter(each -> !each.isForSets() && each.text().equals(verb))
                .findFirst()
                .orElseThrow(() -> Refusal.input(
                        "VERB",
                        Messages.RolloutCommand_verb(),
                        Arrays.stream(Verb.Kind.values())
                                        .filter(each -> !each.isForSets())
                                        .map(Verb.Kind::text)
                                        .collect(Collectors.joining(", "))
                                + ", undo, status"));
        boolean holds = kind == Verb.Kind.ABORT || kind == Verb.Kind.PAUSE;
        if (!holds || !allows(SheraPermissions.DEPLOY)) {
            check(SheraPermissions.PROMOTE);
        }
        if (kind == Verb.Kind.SET_WEIGHT && !value.matches("[0-9]{1,3}")) {
            throw Refusal.input("VALUE", Messages.RolloutCommand_value(), Messages.RolloutCommand_value_next());
        }
        RolloutDesk.command(subject, kind, kind == Verb.Kind.SET_WEIGHT ? Integer.parseInt(value) : 0);
    }
}

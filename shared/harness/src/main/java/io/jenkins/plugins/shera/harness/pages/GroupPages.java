package io.jenkins.plugins.shera.harness.pages;

import hudson.model.Api;
import hudson.model.Item;
import hudson.model.ItemGroup;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** {@code /job/<name>} and {@code api} of Jenkins and of a folder. */
@ExportedBean
public final class GroupPages {
    private final ItemGroup<?> group;

    GroupPages(ItemGroup<?> group) {
        this.group = group;
    }

    /** The item of that name, if the caller may see it. */
    public Item getJob(String name) {
        return group.getItem(name);
    }

    public Api getApi() {
        return new Api(this);
    }

    @Exported
    public String getName() {
        return group instanceof Item item ? item.getName() : "";
    }

    @Exported
    public String getFullName() {
        return group.getFullName();
    }

    /** One level down; deeper with {@code depth} or {@code tree}. */
    @Exported
    public List<Object> getJobs() {
        List<Object> jobs = new ArrayList<>();
        for (Item item : group.getItems()) {
            jobs.add(Exports.of(item));
        }
        return jobs;
    }
}

package hudson.util;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.export.Flavor;

/** The choices of a select box. */
@ExportedBean
public class ListBoxModel extends ArrayList<ListBoxModel.Option> implements HttpResponse {
    private static final long serialVersionUID = 1L;

    public ListBoxModel() {}

    public ListBoxModel(Option... data) {
        super(Arrays.asList(data));
    }

    public ListBoxModel(Collection<Option> c) {
        super(c);
    }

    @Override
    public boolean add(Option option) {
        return super.add(option);
    }

    public ListBoxModel add(String displayName, String value) {
        add(new Option(displayName, value));
        return this;
    }

    public ListBoxModel add(String nameAndValue) {
        return add(nameAndValue, nameAndValue);
    }

    public void writeTo(StaplerRequest2 req, StaplerResponse2 rsp) throws IOException, ServletException {
        rsp.serveExposedBean(req, this, Flavor.JSON);
    }

    @Override
    public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
            throws IOException, ServletException {
        writeTo(req, rsp);
    }

    @Exported
    public Option[] values() {
        return toArray(new Option[0]);
    }

    /** One choice. */
    @ExportedBean(defaultVisibility = 999)
    public static final class Option {
        @Exported
        public String name;

        @Exported
        public String value;

        @Exported
        public boolean selected;

        public Option(String name, String value) {
            this(name, value, false);
        }

        public Option(String name) {
            this(name, name, false);
        }

        public Option(String name, String value, boolean selected) {
            this.name = name;
            this.value = value;
            this.selected = selected;
        }

        @Override
        public String toString() {
            return name + "=" + value + (selected ? "[selected]" : "");
        }
    }
}

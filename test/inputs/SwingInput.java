import java.awt.BorderLayout;
import java.awt.Point;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.swing.AbstractAction;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JRootPane;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;

/** A chat's window in Swing: Enter sends. What is sent and what is asked for goes out on stdout, one JSON object a line. */
class SwingInput {
  private final JTextArea input = new JTextArea(4, 40);
  private boolean busy;

  public static void main(String[] args) throws Exception {
    SwingInput window = new SwingInput();
    SwingUtilities.invokeAndWait(() -> window.open(args[0]));
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ", 3);
      SwingUtilities.invokeAndWait(() -> say("{\"id\":" + words[0] + ",\"result\":" + window.answer(words) + "}"));
    }
    System.exit(0);
  }

  private void open(String title) {
    JFrame frame = new JFrame(title);
    frame.setLayout(new BorderLayout());
    frame.add(new JLabel(title), BorderLayout.CENTER);
    input.setLineWrap(true);
    frame.add(new JScrollPane(input), BorderLayout.SOUTH);
    input.getInputMap().put(KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0), "send");
    input.getInputMap().put(KeyStroke.getKeyStroke("shift ENTER"), "insert-break");
    input.getActionMap().put("send", new AbstractAction() {
      @Override
      public void actionPerformed(ActionEvent event) {
        send();
      }
    });
    frame.setSize(400, 300);
    frame.setVisible(true);
  }

  private void send() {
    String at = ",\"at\":" + System.currentTimeMillis() + "}}";
    if (busy) {
      say("{\"said\":{\"event\":\"busy-enter\"" + at);
      return;
    }
    if (input.getText().isEmpty()) return;
    say("{\"said\":{\"text\":" + json(input.getText()) + at);
    input.setText("");
  }

  /** The words: the question's number, the command, what it needs in Base64. */
  private String answer(String[] words) {
    String given = words.length < 3 ? "" : new String(Base64.getDecoder().decode(words[2]), StandardCharsets.UTF_8);
    switch (words[1]) {
      case "text":
        return json(input.getText());
      case "focused":
        return String.valueOf(input.isFocusOwner());
      case "selection":
        return "[" + input.getSelectionStart() + "," + input.getSelectionEnd() + "]";
      case "place":
        JRootPane whole = input.getRootPane();
        Point centre = new Point(input.getWidth() / 2, input.getHeight() / 2);
        Point at = SwingUtilities.convertPoint(input, centre, whole);
        return "[" + at.x + "," + at.y + "," + whole.getWidth() + "," + whole.getHeight() + "]";
      case "draft":
        input.setText(given);
        return "null";
      case "busy":
        busy = given.equals("true");
        return "null";
      default:
        return "\"unknown\"";
    }
  }

  private static void say(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }

  private static String json(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char one : text.toCharArray()) {
      if (one == '"' || one == '\\') out.append('\\').append(one);
      else if (one < ' ') out.append(String.format("\\u%04x", (int) one));
      else out.append(one);
    }
    return out.append('"').toString();
  }
}

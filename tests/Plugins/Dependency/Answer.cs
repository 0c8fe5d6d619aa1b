namespace TestPlugins.Dependency;

public static class Answer
{
    public static string Text => "from the dependency";
}

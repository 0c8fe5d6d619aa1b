using NSubstitute;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Heads;
using Pellucid.Graphs;
using Pellucid.Host.Targets;
using Pellucid.Modeling.Heads;

namespace Pellucid.Host.Tests.Targets;

/// <summary>Heads are named by file and output; both may have colons in their names.</summary>
public sealed class HeadOutputsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pellucid-heads-").FullName;
    private readonly HeadOutputs _heads;

    public HeadOutputsTests() => _heads = new HeadOutputs(Substitute.For<IGraphRunner>(), _folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("head.safetensors", "heart: size")]
    [InlineData("head.safetensors:heart: size", "heart: size")]
    [InlineData("head.safetensors:lung:left", "lung:left")]
    [InlineData("head.safetensors:1", "lung:left")]
    [InlineData("./head.safetensors:0", "heart: size")]
    public void An_output_is_what_stands_behind_the_file(string text, string output)
    {
        Write("head.safetensors", "heart: size", "lung:left");
        Assert.Equal(output, Found(text));
    }

    [Fact]
    public void The_longest_file_that_is_there_is_meant()
    {
        if (OperatingSystem.IsWindows()) return; // names of files have no colons there
        Write("head.safetensors", "b.safetensors", "b");
        Assert.Equal("b.safetensors", Found("head.safetensors:b.safetensors"));
        Write("head.safetensors:b.safetensors", "x", "y");
        Assert.Equal("x", Found("head.safetensors:b.safetensors"));
        Assert.Equal("y", Found("head.safetensors:b.safetensors:y"));
        Assert.Equal("b", Found("head.safetensors:b"));
    }

    [Theory]
    [InlineData("none.onnx:a:b", "there is no head file '{0}none.onnx'")]
    [InlineData("C:none.safetensors:a", "there is no head file '{0}C:none.safetensors'")]
    [InlineData("none", "there is no head file '{0}none'")]
    [InlineData(":", "there is no head file '{0}:'")]
    [InlineData("head.safetensors:lung:right", "head 'head.safetensors' has no output 'lung:right'")]
    [InlineData("head.safetensors:", "head 'head.safetensors' has no output ''")]
    public void What_is_not_there_is_named(string text, string says)
    {
        Write("head.safetensors", "heart: size", "lung:left");
        PellucidException refusal = Assert.Throws<PellucidException>(() => _heads.Find(text, ClassScore.Logit));
        Assert.Contains(string.Format(null, says, _folder + Path.DirectorySeparatorChar), refusal.Message, StringComparison.Ordinal);
    }

    private string Found(string text)
    {
        HeadTarget target = _heads.Find(text, ClassScore.Logit);
        return target.Head.Outputs[target.Output];
    }

    private void Write(string name, params string[] outputs) => HeadFile.Save(
        Path.Combine(_folder, name), HeadKind.Regression, outputs, [new HeadLayer(HostTensor.Of(new float[4 * outputs.Length], outputs.Length, 4), null, HeadActivation.None)], modelHash: null);
}

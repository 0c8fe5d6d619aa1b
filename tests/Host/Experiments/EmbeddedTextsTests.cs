using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Host.Experiments.Planning;

namespace Pellucid.Host.Tests.Experiments;

/// <summary>Texts are embedded once while they are needed, and captions of a large data set are not all held.</summary>
public sealed class EmbeddedTextsTests
{
    [Fact]
    public async Task Latest_texts_are_held_and_older_ones_embedded_anew()
    {
        OneNumberModel model = new();
        EmbeddedTexts texts = new(model);
        for (int i = 0; i < 256; i++) await texts.GetAsync($"caption {i}", default);
        TextInput first = await texts.GetAsync("caption 0", default);
        Assert.Equal(256, model.Embedded);
        await texts.GetAsync("one more", default);
        Assert.Same(first, await texts.GetAsync("caption 0", default));
        Assert.Equal(257, model.Embedded);
        await texts.GetAsync("caption 1", default);
        Assert.Equal(258, model.Embedded);
    }

    [Fact]
    public async Task Texts_that_are_chosen_among_stay()
    {
        OneNumberModel model = new();
        EmbeddedTexts texts = new(model);
        TextChoices choices = new([.. Enumerable.Range(0, 300).Select(i => $"class {i}")]);
        await texts.CandidatesAsync(choices, default);
        for (int i = 0; i < 300; i++) await texts.GetAsync($"caption {i}", default);
        Assert.Equal(600, model.Embedded);
        foreach (string text in choices.Texts) await texts.GetAsync(text, default);
        Assert.Equal(600, model.Embedded);
    }

    /// <summary>Counts how many texts it embeds.</summary>
    private sealed class OneNumberModel : IVisionLanguageModel, ITokenizer
    {
        public int Embedded { get; private set; }

        public ModelDescription Description { get; } = new("one", "test", "test", 1, new ImageSize(1, 1), 1, 3, 12, 0, "hash", []);

        public ModelCapabilities Capabilities => ModelCapabilities.Evaluate;

        public ITokenizer Tokenizer => this;

        public IFusionRule Fusion => throw new NotSupportedException("nothing is scored");

        public string Kind => "test";

        public string ContentHash => "hash";

        public int ContextLength => 3;

        public int VocabularySize => 3;

        public long StartId => 0;

        public long EndId => 1;

        public long PadId => 1;

        public TokenizedText Tokenize(string text) => new(text, [0, 2, 1], 3, [], [], Truncated: false, 3);

        public string Decode(IReadOnlyList<long> ids) => string.Empty;

        public ImageInput Prepare(DecodedImage image, ImagePreparation preparation = ImagePreparation.Model) => throw new NotSupportedException("there are no images");

        public Task<HostTensor> EmbedImagesAsync(HostTensor pixels, CancellationToken cancellationToken = default) => throw new NotSupportedException("there are no images");

        public Task<HostTensor> EmbedTextsAsync(HostTensor ids, CancellationToken cancellationToken = default)
        {
            Embedded += (int)ids.Shape[0];
            return Task.FromResult(HostTensor.Zeros(ElementType.Float32, new TensorShape(ids.Shape[0], 1)));
        }
    }
}

using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;

if (args is not [var documentPath, var clientPath])
{
    await Console.Error.WriteLineAsync("Usage: ClientGenerator <openapi.json> <client.cs>");
    return 2;
}

var document = await OpenApiDocument.FromFileAsync(documentPath);
var settings = new CSharpClientGeneratorSettings
{
    ClassName = "ShopClient",
    UseBaseUrl = false,
    GenerateOptionalParameters = true,
    OperationNameGenerator = new SingleClientFromOperationIdOperationNameGenerator(),
    CSharpGeneratorSettings =
    {
        Namespace = "ActorShop.EndToEnd.Clients",
        JsonLibrary = CSharpJsonLibrary.SystemTextJson,
        GenerateNullableReferenceTypes = true,
        GenerateOptionalPropertiesAsNullable = true,
        TypeAccessModifier = "internal",
    },
    ClientClassAccessModifier = "internal",
};
await File.WriteAllTextAsync(clientPath, new CSharpClientGenerator(document, settings).GenerateFile());
return 0;
